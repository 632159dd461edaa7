/* make-datums.js: datums.tsv on stdout
 *
 * Points across China and a little outside it, shifted by the npm package
 * gcoord, to which the test of reunion-datum.c compares its own:
 *
 *   npm install && node make-datums.js > datums.tsv
 *
 * Columns: place ("inside" or "outside" the box in which the shift applies),
 * then latitude and longitude in WGS-84, GCJ-02 and BD-09.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

const gcoord = require("gcoord");

const row = (place, lon, lat) => {
  const shifted = [gcoord.WGS84, gcoord.GCJ02, gcoord.BD09].map((datum) =>
    gcoord.transform([lon, lat], gcoord.WGS84, datum),
  );
  const numbers = shifted.flatMap(([x, y]) => [y.toFixed(10), x.toFixed(10)]);
  return [place, ...numbers].join("\t");
};

const rows = [];
for (let lon = 72.5; lon < 137.5; lon += 3.25)
  for (let lat = 1.25; lat < 55.5; lat += 3.125) rows.push(row("inside", lon, lat));
for (const lon of [60, 71.9, 72.003, 137.84, 139.7, 151.2, -122.4])
  for (const lat of [-33.9, 0.8, 35.7, 55.9]) rows.push(row("outside", lon, lat));
for (const lon of [80, 105, 130])
  for (const lat of [0.82, -6.2, 55.83, 60]) rows.push(row("outside", lon, lat));
console.log(rows.join("\n"));
