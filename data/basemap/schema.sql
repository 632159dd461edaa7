-- schema.sql: the base map, one file
--
-- SPDX-License-Identifier: GPL-3.0-or-later

PRAGMA page_size = 4096;
PRAGMA journal_mode = DELETE;

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- A band serves the zooms after the previous band's last up to its own.
CREATE TABLE band (
  band INTEGER PRIMARY KEY,
  last_zoom INTEGER NOT NULL,
  shift INTEGER NOT NULL
);

CREATE TABLE feature (
  id INTEGER PRIMARY KEY,
  band INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  shape BLOB NOT NULL
);

-- The band is a third dimension: one look-up finds a tile's shapes at its zoom.
CREATE VIRTUAL TABLE feature_bounds USING rtree_i32 (
  id, min_x, max_x, min_y, max_y, min_band, max_band
);

CREATE TABLE area (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  zh TEXT NOT NULL,
  latin TEXT NOT NULL,
  province_zh TEXT NOT NULL,
  province_latin TEXT NOT NULL,
  shape BLOB NOT NULL
);

CREATE VIRTUAL TABLE area_bounds USING rtree_i32 (id, min_x, max_x, min_y, max_y);

CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  zh TEXT,
  latin TEXT NOT NULL,
  province_zh TEXT,
  province_latin TEXT,
  country TEXT,
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  population INTEGER NOT NULL,
  first_zoom INTEGER NOT NULL,
  last_zoom INTEGER NOT NULL
);
