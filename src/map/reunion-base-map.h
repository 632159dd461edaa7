/* reunion-base-map.h: reader of the base map's file
 *
 * The file and its format are described in data/basemap/README.md. It is
 * opened read-only and taken as unchanging. A reader may be handed from thread
 * to thread, but only one may use it at a time: each worker has its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "reunion-geodesy.h"

G_BEGIN_DECLS

/* World units to the width of the map's square. */
#define REUNION_BASE_MAP_WORLD (1 << 24)
#define REUNION_BASE_MAP_SCHEMA 1
#define REUNION_BASE_MAP_APPLICATION_ID 0x52424d31

#define REUNION_BASE_MAP_ERROR (reunion_base_map_error_quark ())
GQuark reunion_base_map_error_quark (void);

/**
 * ReunionBaseMapError:
 * @REUNION_BASE_MAP_ERROR_ABSENT: there is no such file, or it can't be read
 * @REUNION_BASE_MAP_ERROR_FORMAT: the file is damaged or no base map
 * @REUNION_BASE_MAP_ERROR_VERSION: a base map, but of another schema
 *
 * The messages are whole sentences that can be shown to the user.
 */
typedef enum
{
  REUNION_BASE_MAP_ERROR_ABSENT,
  REUNION_BASE_MAP_ERROR_FORMAT,
  REUNION_BASE_MAP_ERROR_VERSION,
} ReunionBaseMapError;

typedef enum
{
  REUNION_SHAPE_LAND,
  REUNION_SHAPE_BORDER,
  REUNION_SHAPE_PROVINCE_BORDER,
  REUNION_SHAPE_PREFECTURE_BORDER,
  REUNION_SHAPE_COAST,
  /* Lakes and rivers with both their banks, as rings. A file may have neither
   * these nor what follows. */
  REUNION_SHAPE_WATER,
  REUNION_SHAPE_GREAT_RIVER,
  REUNION_SHAPE_RIVER,
  REUNION_SHAPE_MINOR_RIVER,
  /* Of the South China Sea; one line is one dash. */
  REUNION_SHAPE_DASH_LINE,
  REUNION_N_SHAPES,
} ReunionShapeKind;

typedef enum
{
  REUNION_PLACE_COUNTRY,
  REUNION_PLACE_PROVINCE,
  REUNION_PLACE_CAPITAL,
  REUNION_PLACE_PROVINCE_SEAT,
  REUNION_PLACE_PREFECTURE_SEAT,
  REUNION_PLACE_CITY,
  REUNION_PLACE_COUNTY_SEAT,
  REUNION_PLACE_SEA,
  REUNION_PLACE_ISLANDS,
  /* A name of a river or a lake; a file may have none. */
  REUNION_PLACE_WATERS,
  /* Of no file: see reunion-area-names.h. */
  REUNION_PLACE_AREA,
  REUNION_N_PLACES,
} ReunionPlaceKind;

/**
 * ReunionPlace:
 * @kind: what it is
 * @name_zh: Chinese name, or NULL where none is known
 * @name_latin: Latin name, never NULL
 * @province_zh: the province inside China, the country outside; may be NULL
 * @province_latin: the same; may be NULL
 * @country: ISO 3166 code of two letters, or NULL (seas, rivers and lakes)
 * @point: where, on WGS-84
 * @population: people, 0 where unknown; for countries the area in square
 *   kilometres, which ranks their labels
 * @first_zoom: first zoom at which it may be labelled
 * @last_zoom: last one; towns stay after it
 *
 * A named place. Never changes once read; shared by counting references.
 */
typedef struct
{
  ReunionPlaceKind kind;
  char *name_zh;
  char *name_latin;
  char *province_zh;
  char *province_latin;
  char *country;
  ReunionPoint point;
  gint64 population;
  guint first_zoom;
  guint last_zoom;
} ReunionPlace;

ReunionPlace *reunion_place_ref (ReunionPlace *place);
void reunion_place_unref (ReunionPlace *place);
/* TRUE for cities and towns, FALSE for what has only an extent. */
gboolean reunion_place_is_town (const ReunionPlace *place);

#define REUNION_TYPE_BASE_MAP (reunion_base_map_get_type ())
G_DECLARE_FINAL_TYPE (ReunionBaseMap, reunion_base_map, REUNION, BASE_MAP, GObject)

/**
 * ReunionShapeFunc:
 * @kind: kind of the shape
 * @points: @n_points pairs of x and y in world units, valid during the call
 * @n_points: at least 2 for a line, 3 for a ring
 * @starts: TRUE for the first part of a shape; the rings of all shapes of
 *   land are filled together by the non-zero rule, in which holes run the
 *   other way round; those of water may run any way and lie apart
 *
 * Receives one line, or one ring (which is not closed), of a shape.
 */
typedef void (*ReunionShapeFunc) (ReunionShapeKind kind,
                                  const gint32 *points,
                                  gsize n_points,
                                  gboolean starts,
                                  gpointer user_data);

/**
 * ReunionMapArea:
 * @code: region code of six digits
 * @zh: Chinese name of the prefecture
 * @latin: Latin name
 * @province_zh: its province's Chinese name
 * @province_latin: its province's Latin name
 *
 * What is known of a prefecture beside its outline; none is NULL.
 */
typedef struct
{
  const char *code;
  const char *zh;
  const char *latin;
  const char *province_zh;
  const char *province_latin;
} ReunionMapArea;

/**
 * ReunionAreaFunc:
 * @area: whose outline it is, valid during the call
 * @points: @n_points pairs of x and y in world units, valid during the call
 * @n_points: at least 3
 * @starts: TRUE for the first ring of an area
 *
 * Receives one ring, which is not closed, of an area's outline. The rings of
 * an area are filled together by the even-odd rule.
 */
typedef void (*ReunionAreaFunc) (const ReunionMapArea *area,
                                 const gint32 *points,
                                 gsize n_points,
                                 gboolean starts,
                                 gpointer user_data);

/* Transfer full, NULL with @error set. */
ReunionBaseMap *reunion_base_map_open (const char *path, GError **error);

/* Whom the map is owed to, for display on the map. Transfer none. */
const char *reunion_base_map_get_attribution (ReunionBaseMap *self);

/* Hands @func every shape made for @zoom that touches the rectangle, given in
 * world units; land first, then by kind. Shapes that cannot be decoded count
 * as damage to the file. */
gboolean reunion_base_map_foreach_shape (ReunionBaseMap *self,
                                         guint zoom,
                                         gint32 min_x,
                                         gint32 min_y,
                                         gint32 max_x,
                                         gint32 max_y,
                                         ReunionShapeFunc func,
                                         gpointer user_data,
                                         GError **error);

/* Every place, most important kinds first, then by population. Transfer full:
 * an array of ReunionPlace that drops its references. */
GPtrArray *reunion_base_map_read_places (ReunionBaseMap *self, GError **error);

/* Hands @func the outlines of all Chinese prefectures, by region code. */
gboolean reunion_base_map_foreach_area (ReunionBaseMap *self,
                                        ReunionAreaFunc func,
                                        gpointer user_data,
                                        GError **error);

/* Names of the Chinese prefecture around @point, transfer full; FALSE without
 * an error where there is none. Each of the names may be passed as NULL. */
gboolean reunion_base_map_area_at (ReunionBaseMap *self,
                                   ReunionPoint point,
                                   char **area_zh,
                                   char **area_latin,
                                   char **province_zh,
                                   char **province_latin,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionPlace, reunion_place_unref)

G_END_DECLS
