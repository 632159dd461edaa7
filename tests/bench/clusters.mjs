// clusters.mjs: what npm's supercluster takes for the points of a file
//
//   node clusters.mjs FOLDER POINTS RADIUS_PX TILE_PX MIN_ZOOM MAX_ZOOM [exact]
//
// FOLDER holds node_modules/supercluster; POINTS holds pairs of longitude and
// latitude as little-endian doubles. Prints JSON: times in milliseconds, and how
// many marks there are at each zoom.
//
// SPDX-License-Identifier: GPL-3.0-or-later

import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";

const [folder, file, radiusPx, tilePx, minZoom, maxZoom, exact] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(folder), "package.json"));
// It rounds positions to single precision, after which the order of additions may
// decide who is a neighbour. Told “exact” it doesn't, for comparing counts.
const isExact = exact === "exact";
if (isExact)
  Math.fround = (value) => value;
const loaded = require("supercluster");
const Supercluster = loaded.default ?? loaded;

if (isExact) {
  const bush = require("kdbush");
  const KDBush = bush.default ?? bush;
  Supercluster.prototype._createTree = function (data) {
    const tree = new KDBush((data.length / this.stride) | 0, this.options.nodeSize, Float64Array);
    for (let i = 0; i < data.length; i += this.stride)
      tree.add(data[i], data[i + 1]);
    tree.finish();
    tree.data = data;
    return tree;
  };
}

const bytes = fs.readFileSync(file);
const values = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
const features = [];
for (let i = 0; i < values.length; i += 2)
  features.push({
    type: "Feature",
    properties: {},
    geometry: { type: "Point", coordinates: [values[i], values[i + 1]] },
  });

const options = { radius: Number(radiusPx), extent: Number(tilePx), minZoom: Number(minZoom),
  maxZoom: Number(maxZoom) };
const builds = [];
let index;
for (let i = 0; i < (isExact ? 1 : 3); i++) {
  const start = performance.now();
  index = new Supercluster(options).load(features);
  builds.push(performance.now() - start);
}

const counts = {};
for (let zoom = options.minZoom; zoom <= options.maxZoom; zoom++)
  counts[zoom] = index.getClusters([-180, -90, 180, 90], zoom).length;

// A window of 1366 x 768 pixels, here and there in China, at every zoom.
const queries = [];
let nMarks = 0;
for (let zoom = options.minZoom; zoom <= options.maxZoom; zoom++)
  for (let i = 0; i < 200; i++) {
    const lon = 90 + (35 * i) / 200;
    const lat = 22 + (23 * ((i * 7) % 200)) / 200;
    const halfLon = (1366 / 2 / (256 * 2 ** zoom)) * 360;
    const halfLat = (768 / 2 / (256 * 2 ** zoom)) * 290;
    const box = [Math.max(-180, lon - halfLon), Math.max(-85, lat - halfLat),
      Math.min(180, lon + halfLon), Math.min(85, lat + halfLat)];
    const start = performance.now();
    nMarks += index.getClusters(box, zoom).length;
    queries.push(performance.now() - start);
  }
queries.sort((a, b) => a - b);
console.log(JSON.stringify({
  build_ms: Math.min(...builds),
  query_p50_ms: queries[Math.floor(queries.length * 0.5)],
  query_p99_ms: queries[Math.floor(queries.length * 0.99)],
  n_marks: nMarks,
  counts,
}));
