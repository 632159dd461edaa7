/* reunion-place-index.c: finding places by name, and names for places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-place-index.h"

#include <math.h>
#include <string.h>

struct _ReunionPlaceIndex
{
  GObject parent_instance;

  ReunionBaseMap *map;
  /* Elements are Entry. */
  GArray *entries;
};

G_DEFINE_FINAL_TYPE (ReunionPlaceIndex, reunion_place_index, G_TYPE_OBJECT)

typedef struct
{
  ReunionPlace *place;
  char *zh;
  char *latin;
  char *province;
} Entry;

typedef struct
{
  ReunionPlace *place;
  /* Smaller is better. */
  guint grade;
} Hit;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  reunion_place_unref (entry->place);
  g_free (entry->zh);
  g_free (entry->latin);
  g_free (entry->province);
}

/* Case and accents taken off; apostrophes too, since "Xi'an" is often typed
 * without. */
static char *
fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = NULL;
  GString *folded;

  if (apart == NULL)
    return g_strdup ("");
  lower = g_utf8_casefold (apart, -1);
  folded = g_string_new (NULL);
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c) && c != '\'' && c != 0x2019)
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}

static gboolean
is_found (const ReunionPlace *place)
{
  return reunion_place_is_town (place) || place->kind == REUNION_PLACE_PROVINCE
         || place->kind == REUNION_PLACE_ISLANDS;
}

/* 0 the whole name, 1 its beginning, 2 a later part, 3 not at all. */
static guint
grade_name (const char *name, const char *text)
{
  const char *at = name != NULL ? strstr (name, text) : NULL;

  if (at == NULL)
    return 3;
  if (at != name)
    return 2;
  return name[strlen (text)] == '\0' ? 0 : 1;
}

/* People type the class of a place along with its name. */
static char *
without_class (const char *text)
{
  static const char *const classes[] = { "自治县", "市", "县", "区", "省", "镇" };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_has_suffix (text, classes[i]))
      {
        g_autofree char *bare = g_strndup (text, strlen (text) - strlen (classes[i]));

        if (g_utf8_strlen (bare, -1) >= 2)
          return g_steal_pointer (&bare);
      }
  return NULL;
}

static guint
grade_text (const Entry *entry, const char *text)
{
  g_autofree char *bare = NULL;
  guint grade = MIN (grade_name (entry->zh, text), grade_name (entry->latin, text));

  if (grade < 3 || (bare = without_class (text)) == NULL)
    return grade;
  return MIN (grade_name (entry->zh, bare), grade_name (entry->latin, bare));
}

/* Of two words one may name the province. */
static guint
grade_entry (const Entry *entry, const char *text)
{
  guint grade = grade_text (entry, text);
  const char *gap = strrchr (text, ' ');
  g_autofree char *before = NULL;

  if (grade < 3 || gap == NULL || entry->province == NULL)
    return grade;
  before = g_strndup (text, (gsize) (gap - text));
  if (strstr (entry->province, before) != NULL)
    grade = grade_text (entry, gap + 1);
  if (grade == 3 && strstr (entry->province, gap + 1) != NULL)
    grade = grade_text (entry, before);
  return grade;
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *left = a;
  const Hit *right = b;
  gboolean left_home = g_strcmp0 (left->place->country, "CN") == 0;
  gboolean right_home = g_strcmp0 (right->place->country, "CN") == 0;

  if (left->grade != right->grade)
    return left->grade < right->grade ? -1 : 1;
  if (left_home != right_home)
    return left_home ? -1 : 1;
  if (left->place->population != right->place->population)
    return left->place->population > right->place->population ? -1 : 1;
  if (left->place->kind != right->place->kind)
    return left->place->kind < right->place->kind ? -1 : 1;
  return strcmp (left->place->name_latin, right->place->name_latin);
}

static void
add_entry (ReunionPlaceIndex *self, ReunionPlace *place)
{
  Entry entry = { .place = reunion_place_ref (place) };
  g_autofree char *province = NULL;

  if (place->name_zh != NULL)
    entry.zh = fold (place->name_zh);
  entry.latin = fold (place->name_latin);
  if (place->province_zh != NULL || place->province_latin != NULL)
    {
      province = g_strdup_printf ("%s\n%s", place->province_zh != NULL ? place->province_zh : "",
                                  place->province_latin != NULL ? place->province_latin : "");
      entry.province = fold (province);
    }
  g_array_append_val (self->entries, entry);
}

static void
reunion_place_index_finalize (GObject *object)
{
  ReunionPlaceIndex *self = REUNION_PLACE_INDEX (object);

  g_clear_object (&self->map);
  g_clear_pointer (&self->entries, g_array_unref);

  G_OBJECT_CLASS (reunion_place_index_parent_class)->finalize (object);
}

static void
reunion_place_index_class_init (ReunionPlaceIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_place_index_finalize;
}

static void
reunion_place_index_init (ReunionPlaceIndex *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
}

ReunionPlaceIndex *
reunion_place_index_new (const char *path, GError **error)
{
  g_autoptr (ReunionBaseMap) map = NULL;
  g_autoptr (GPtrArray) places = NULL;
  ReunionPlaceIndex *self;

  g_return_val_if_fail (path != NULL, NULL);

  map = reunion_base_map_open (path, error);
  if (map == NULL)
    return NULL;
  places = reunion_base_map_read_places (map, error);
  if (places == NULL)
    return NULL;
  self = g_object_new (REUNION_TYPE_PLACE_INDEX, NULL);
  self->map = g_steal_pointer (&map);
  for (guint i = 0; i < places->len; i++)
    {
      ReunionPlace *place = g_ptr_array_index (places, i);

      if (is_found (place))
        add_entry (self, place);
    }
  return self;
}

GPtrArray *
reunion_place_index_search (ReunionPlaceIndex *self, const char *text, guint max)
{
  GPtrArray *found;
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autofree char *folded = NULL;

  g_return_val_if_fail (REUNION_IS_PLACE_INDEX (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  found = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_place_unref);
  folded = fold (text);
  g_strstrip (folded);
  if (*folded == '\0')
    return found;
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      Hit hit = { .place = entry->place, .grade = grade_entry (entry, folded) };

      if (hit.grade < 3)
        g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);
  for (guint i = 0; i < hits->len && i < max; i++)
    g_ptr_array_add (found, reunion_place_ref (g_array_index (hits, Hit, i).place));
  return found;
}

ReunionPlace *
reunion_place_index_nearest (ReunionPlaceIndex *self, ReunionPoint point, double *distance_km)
{
  ReunionPlace *nearest = NULL;
  double least_km = REUNION_PLACE_NEAR_KM;
  const double reach_deg = REUNION_PLACE_NEAR_KM / 110.0;

  g_return_val_if_fail (REUNION_IS_PLACE_INDEX (self), NULL);
  g_return_val_if_fail (reunion_point_is_valid (point), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      ReunionPlace *place = g_array_index (self->entries, Entry, i).place;
      double km;

      /* Latitude alone rules out nearly all without a geodesic. */
      if (!reunion_place_is_town (place) || fabs (place->point.lat_deg - point.lat_deg) > reach_deg)
        continue;
      km = reunion_geodesy_distance_km (point, place->point);
      if (km <= least_km)
        {
          least_km = km;
          nearest = place;
        }
    }
  if (nearest == NULL)
    return NULL;
  if (distance_km != NULL)
    *distance_km = least_km;
  return reunion_place_ref (nearest);
}

gboolean
reunion_place_index_area_at (ReunionPlaceIndex *self,
                             ReunionPoint point,
                             char **area_zh,
                             char **area_latin,
                             char **province_zh,
                             char **province_latin)
{
  g_autoptr (GError) error = NULL;
  gboolean found;

  g_return_val_if_fail (REUNION_IS_PLACE_INDEX (self), FALSE);

  found = reunion_base_map_area_at (self->map, point, area_zh, area_latin, province_zh,
                                    province_latin, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  return found;
}
