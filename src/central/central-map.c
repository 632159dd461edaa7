/* central-map.c: the small map of a notice, as a picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-map.h"

#include "central-outline.h"

#include <math.h>
#include <string.h>

#define WIDTH ((double) CENTRAL_MAP_WIDTH)
#define HEIGHT ((double) CENTRAL_MAP_HEIGHT)
/* The circle takes up this part of the height. */
#define CIRCLE_PART 0.78
#define FALLBACK_RADIUS_KM 100.0
#define N_CIRCLE 180
/* Shapes are cut off this far outside, so that no edge shows. */
#define MARGIN 12.0
#define MIN_STEP 0.7
#define MAX_LAT_DEG 85.0

#define KIND_LAND 0
#define KIND_STATE 1
#define KIND_PROVINCE 2
#define KIND_LAKE 5

#define FONT_PX 12.0
#define MAX_TOWNS 14
#define TOWN_GAP 3.0

static const char style[]
    = ".sea{fill:#cfe0ea}.land{fill:#f7f5ef}.lake{fill:#cfe0ea}"
      ".state,.province,.ring,.scale{fill:none;stroke-linejoin:round}"
      ".state{stroke:#8a8378;stroke-width:1.4}.province{stroke:#b9b2a6;stroke-width:.9}"
      ".ring{fill:#c4141f;fill-opacity:.13;stroke:#b3101c;stroke-width:2}"
      ".heart{fill:#b3101c;stroke:#fff;stroke-width:1.5}.town{fill:#4a463f}"
      "text{font:500 12px system-ui,'Noto Sans CJK SC','WenQuanYi Micro Hei',sans-serif;"
      "fill:#2b2926;stroke:#f7f5ef;stroke-width:2.5px;stroke-linejoin:round;"
      "paint-order:stroke}"
      ".radius{fill:#a30e19;font-weight:700}.scale{stroke:#2b2926;stroke-width:1.5}"
      ".mark{fill:#1457b8;stroke:#fff;stroke-width:1.8}"
      "@media(prefers-color-scheme:dark){.sea,.lake{fill:#16232c}.land{fill:#33333a}"
      ".state{stroke:#8d8a95}.province{stroke:#5d5b66}.ring{fill:#ff6b60;stroke:#ff8d85}"
      ".heart{fill:#ff8d85;stroke:#17171a}.town{fill:#c9c7d0}"
      "text{fill:#f0eff4;stroke:#26262a}.radius{fill:#ffaaa4}.scale{stroke:#f0eff4}"
      ".mark{fill:#7db3ff;stroke:#17171a}}";

/**
 * Frame:
 * @min_x, @min_y: of the picture's corner, in world units
 * @scale: units of the picture to a world unit
 */
typedef struct
{
  double min_x, min_y;
  double scale;
} Frame;

typedef struct
{
  double x, y;
} Spot;

/* --- where things are --------------------------------------------------------------- */

static double
to_world_x (double lon_deg)
{
  return (lon_deg + 180.0) / 360.0 * CENTRAL_OUTLINE_WORLD;
}

static double
to_world_y (double lat_deg)
{
  double lat = CLAMP (lat_deg, -MAX_LAT_DEG, MAX_LAT_DEG) * G_PI / 180.0;

  return (1.0 - asinh (tan (lat)) / G_PI) / 2.0 * CENTRAL_OUTLINE_WORLD;
}

static double
get_radius_km (const CentralMap *self)
{
  return self->radius_km > 0 ? self->radius_km : FALLBACK_RADIUS_KM;
}

static Frame
get_frame (const CentralMap *self)
{
  double radius_km = get_radius_km (self);
  ReunionPoint north = reunion_geodesy_destination (self->centre, 0.0, radius_km);
  ReunionPoint south = reunion_geodesy_destination (self->centre, 180.0, radius_km);
  double top = to_world_y (north.lat_deg);
  double bottom = to_world_y (south.lat_deg);
  /* Near a pole the circle runs over it. */
  double span = MAX (fabs (bottom - top), CENTRAL_OUTLINE_WORLD / 20000.0);
  Frame frame;

  frame.scale = HEIGHT * CIRCLE_PART / span;
  frame.min_x = to_world_x (self->centre.lon_deg) - WIDTH / 2.0 / frame.scale;
  frame.min_y = (top + bottom) / 2.0 - HEIGHT / 2.0 / frame.scale;
  return frame;
}

static Spot
get_spot (const Frame *frame, ReunionPoint point)
{
  return (Spot){ (to_world_x (point.lon_deg) - frame->min_x) * frame->scale,
                 (to_world_y (point.lat_deg) - frame->min_y) * frame->scale };
}

/* --- outlines ------------------------------------------------------------------------ */

/* The outline is our own, and made with the program: it is whole. */
static guint
read_number (const guint8 **at)
{
  guint value = 0, shift = 0;

  do
    value |= (guint) (**at & 0x7f) << shift, shift += 7;
  while ((*(*at)++ & 0x80) != 0);
  return value;
}

static gint32
read_step (const guint8 **at)
{
  guint value = read_number (at);

  return (gint32) (value >> 1) ^ -(gint32) (value & 1);
}

/* The part of a ring on one side of a line (I. E. Sutherland and G. W. Hodgman,
 * "Reentrant polygon clipping", CACM 17, 1974). @axis 0 for x. */
static GArray *
clip_ring (GArray *ring, int axis, double limit, gboolean below)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (Spot));

  for (guint i = 0; i < ring->len; i++)
    {
      Spot a = g_array_index (ring, Spot, (i + ring->len - 1) % ring->len);
      Spot b = g_array_index (ring, Spot, i);
      double at_a = axis == 0 ? a.x : a.y;
      double at_b = axis == 0 ? b.x : b.y;
      gboolean a_is_in = below ? at_a <= limit : at_a >= limit;
      gboolean b_is_in = below ? at_b <= limit : at_b >= limit;

      if (a_is_in != b_is_in)
        {
          double t = (limit - at_a) / (at_b - at_a);
          Spot between = { a.x + t * (b.x - a.x), a.y + t * (b.y - a.y) };

          g_array_append_val (kept, between);
        }
      if (b_is_in)
        g_array_append_val (kept, b);
    }
  g_array_unref (ring);
  return kept;
}

static void
add_spot (GString *path, char letter, Spot spot)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (path, "%c%s %s", letter, g_ascii_formatd (x, sizeof x, "%.1f", spot.x),
                          g_ascii_formatd (y, sizeof y, "%.1f", spot.y));
}

/* Takes @ring. */
static void
add_ring (GString *path, GArray *ring)
{
  ring = clip_ring (ring, 0, -MARGIN, FALSE);
  ring = clip_ring (ring, 0, WIDTH + MARGIN, TRUE);
  ring = clip_ring (ring, 1, -MARGIN, FALSE);
  ring = clip_ring (ring, 1, HEIGHT + MARGIN, TRUE);
  for (guint i = 0; i < ring->len; i++)
    add_spot (path, i == 0 ? 'M' : 'L', g_array_index (ring, Spot, i));
  if (ring->len > 0)
    g_string_append_c (path, 'Z');
  g_array_unref (ring);
}

static gboolean
is_near (Spot a, Spot b)
{
  return MAX (a.x, b.x) >= -MARGIN && MIN (a.x, b.x) <= WIDTH + MARGIN && MAX (a.y, b.y) >= -MARGIN
         && MIN (a.y, b.y) <= HEIGHT + MARGIN;
}

/* Takes @line: the pieces of it that may show. */
static void
add_line (GString *path, GArray *line)
{
  gboolean is_down = FALSE;

  for (guint i = 1; i < line->len; i++)
    {
      Spot a = g_array_index (line, Spot, i - 1);
      Spot b = g_array_index (line, Spot, i);

      if (!is_near (a, b))
        {
          is_down = FALSE;
          continue;
        }
      if (!is_down)
        add_spot (path, 'M', a);
      add_spot (path, 'L', b);
      is_down = TRUE;
    }
  g_array_unref (line);
}

static void
add_shape (GString *path, const Frame *frame, const CentralOutlineShape *shape)
{
  const guint8 *at = central_outline_bytes + shape->start;
  guint n_parts = read_number (&at);
  gint32 x = 0, y = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      guint n_points = read_number (&at);
      GArray *spots = g_array_sized_new (FALSE, FALSE, sizeof (Spot), n_points);

      for (guint j = 0; j < n_points; j++)
        {
          Spot spot;

          x += read_step (&at);
          y += read_step (&at);
          spot.x = (x * (double) central_outline_quantum - frame->min_x) * frame->scale;
          spot.y = (y * (double) central_outline_quantum - frame->min_y) * frame->scale;
          /* What is finer than can be seen only takes time to send. */
          if (spots->len > 0 && j + 1 < n_points)
            {
              Spot last = g_array_index (spots, Spot, spots->len - 1);

              if (fabs (spot.x - last.x) < MIN_STEP && fabs (spot.y - last.y) < MIN_STEP)
                continue;
            }
          g_array_append_val (spots, spot);
        }
      if (shape->kind == KIND_LAND || shape->kind == KIND_LAKE)
        add_ring (path, spots);
      else
        add_line (path, spots);
    }
}

static void
add_outline (GString *svg, const Frame *frame)
{
  static const struct
  {
    guint kind;
    const char *class;
  } layers[] = { { KIND_LAND, "land" },
                 { KIND_LAKE, "lake" },
                 { KIND_PROVINCE, "province" },
                 { KIND_STATE, "state" } };
  double max_x = frame->min_x + WIDTH / frame->scale;
  double max_y = frame->min_y + HEIGHT / frame->scale;

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autoptr (GString) path = g_string_new (NULL);

      for (guint j = 0; j < central_outline_n_shapes; j++)
        {
          const CentralOutlineShape *shape = &central_outline_shapes[j];

          if (shape->kind == layers[i].kind && shape->max_x >= frame->min_x && shape->min_x <= max_x
              && shape->max_y >= frame->min_y && shape->min_y <= max_y)
            add_shape (path, frame, shape);
        }
      if (path->len > 0)
        g_string_append_printf (svg, "<path class=\"%s\" d=\"%s\"/>\n", layers[i].class, path->str);
    }
}

/* --- the circle ------------------------------------------------------------------------ */

static void
add_circle (GString *svg, const CentralMap *self, const Frame *frame)
{
  ReunionPoint points[N_CIRCLE];

  if (self->radius_km <= 0
      || reunion_geodesy_circle_holds_pole (self->centre, self->radius_km) != 0)
    return;
  reunion_geodesy_circle (self->centre, self->radius_km, points, N_CIRCLE);
  g_string_append (svg, "<path class=\"ring\" d=\"");
  for (guint i = 0; i < N_CIRCLE; i++)
    add_spot (svg, i == 0 ? 'M' : 'L', get_spot (frame, points[i]));
  g_string_append (svg, "Z\"/>\n");
}

/* --- names ----------------------------------------------------------------------------- */

/* Roughly: letters of Chinese are as wide as they are high, others half as much. */
static double
get_text_width (const char *text)
{
  double width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    width += g_unichar_iswide (g_utf8_get_char (at)) ? FONT_PX : FONT_PX * 0.58;
  return width;
}

typedef struct
{
  double left, top, right, bottom;
} Box;

static gboolean
is_free (const GArray *boxes, Box box)
{
  if (box.left < 2 || box.right > WIDTH - 2 || box.top < 2 || box.bottom > HEIGHT - 2)
    return FALSE;
  for (guint i = 0; i < boxes->len; i++)
    {
      const Box *other = &g_array_index (boxes, Box, i);

      if (box.left < other->right + TOWN_GAP && box.right > other->left - TOWN_GAP
          && box.top < other->bottom + 1 && box.bottom > other->top - 1)
        return FALSE;
    }
  return TRUE;
}

static void
add_text (GString *svg, const char *class, double x, double y, const char *anchor, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  char x_text[G_ASCII_DTOSTR_BUF_SIZE], y_text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (svg,
                          "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n",
                          class, g_ascii_formatd (x_text, sizeof x_text, "%.1f", x),
                          g_ascii_formatd (y_text, sizeof y_text, "%.1f", y), anchor, escaped);
}

static void
add_dot (GString *svg, const char *class, Spot spot, double radius)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE], r[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (svg, "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n", class,
                          g_ascii_formatd (x, sizeof x, "%.1f", spot.x),
                          g_ascii_formatd (y, sizeof y, "%.1f", spot.y),
                          g_ascii_formatd (r, sizeof r, "%.1f", radius));
}

static gboolean
place_town (GString *svg, GArray *boxes, Spot spot, const char *name)
{
  double width = get_text_width (name);
  const Box right = { spot.x - 4, spot.y - 7, spot.x + 6 + width, spot.y + 7 };
  const Box left = { spot.x - 6 - width, spot.y - 7, spot.x + 4, spot.y + 7 };
  gboolean on_right = is_free (boxes, right);

  if (!on_right && !is_free (boxes, left))
    return FALSE;
  g_array_append_val (boxes, *(on_right ? &right : &left));
  add_dot (svg, "town", spot, 2.2);
  add_text (svg, "name", on_right ? spot.x + 5 : spot.x - 5, spot.y + 4.2,
            on_right ? "start" : "end", name);
  return TRUE;
}

static void
add_towns (GString *svg, const CentralMap *self, const Frame *frame, GArray *boxes)
{
  guint n = 0;

  for (guint i = 0; i < central_outline_n_places && n < MAX_TOWNS; i++)
    {
      const CentralOutlinePlace *place = &central_outline_places[i];
      Spot spot = get_spot (frame, (ReunionPoint){ place->lat_deg, place->lon_deg });

      if (spot.x < 4 || spot.x > WIDTH - 4 || spot.y < 8 || spot.y > HEIGHT - 8)
        continue;
      n += place_town (svg, boxes, spot,
                       self->language == REUNION_LANGUAGE_ZH ? place->zh : place->latin);
    }
}

/* --- the frame -------------------------------------------------------------------------- */

static char *
format_km (const CentralMap *self, double km)
{
  return g_strdup_printf (self->language == REUNION_LANGUAGE_ZH ? "%.0f公里" : "%.0f km", km);
}

static void
add_scale (GString *svg, const CentralMap *self, const Frame *frame, GArray *boxes)
{
  static const double steps_km[] = { 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1 };
  double world_km = 40075.017 * cos (self->centre.lat_deg * G_PI / 180.0);
  double px_per_km = frame->scale * CENTRAL_OUTLINE_WORLD / MAX (world_km, 1.0);
  double km = 1;
  g_autofree char *label = NULL;
  char end[G_ASCII_DTOSTR_BUF_SIZE];
  Box box;

  for (gsize i = 0; i < G_N_ELEMENTS (steps_km) && km == 1; i++)
    if (steps_km[i] * px_per_km <= WIDTH / 4)
      km = steps_km[i];
  label = format_km (self, km);
  g_string_append_printf (svg, "<path class=\"scale\" d=\"M10 %d v5 H%s v-5\"/>\n",
                          CENTRAL_MAP_HEIGHT - 15,
                          g_ascii_formatd (end, sizeof end, "%.1f", 10 + km * px_per_km));
  add_text (svg, "name", 10 + km * px_per_km + 5, HEIGHT - 9, "start", label);
  box = (Box){ 0, HEIGHT - 26, 10 + km * px_per_km + 5 + get_text_width (label), HEIGHT };
  g_array_append_val (boxes, box);
}

static void
add_radius (GString *svg, const CentralMap *self, const Frame *frame, GArray *boxes)
{
  g_autofree char *label = format_km (self, self->radius_km);
  ReunionPoint north = reunion_geodesy_destination (self->centre, 0.0, self->radius_km);
  Spot spot = get_spot (frame, north);
  double half = get_text_width (label) / 2 + 2;
  Box box = { spot.x - half, spot.y - 20, spot.x + half, spot.y - 2 };

  add_text (svg, "radius", spot.x, spot.y - 6, "middle", label);
  g_array_append_val (boxes, box);
}

char *
central_map_to_svg (const CentralMap *self)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  GString *svg;
  Frame frame;
  Spot heart;
  Box box;

  g_return_val_if_fail (self != NULL && reunion_point_is_valid (self->centre), NULL);

  frame = get_frame (self);
  svg = g_string_new (NULL);
  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                          "width=\"%d\" height=\"%d\" lang=\"%s\"><style>%s</style>\n"
                          "<rect class=\"sea\" width=\"%d\" height=\"%d\"/>\n",
                          CENTRAL_MAP_WIDTH, CENTRAL_MAP_HEIGHT, CENTRAL_MAP_WIDTH,
                          CENTRAL_MAP_HEIGHT, reunion_language_to_tag (self->language), style,
                          CENTRAL_MAP_WIDTH, CENTRAL_MAP_HEIGHT);
  add_outline (svg, &frame);
  add_circle (svg, self, &frame);
  heart = get_spot (&frame, self->centre);
  box = (Box){ heart.x - 8, heart.y - 8, heart.x + 8, heart.y + 8 };
  g_array_append_val (boxes, box);
  add_scale (svg, self, &frame, boxes);
  if (self->radius_km > 0)
    add_radius (svg, self, &frame, boxes);
  add_towns (svg, self, &frame, boxes);
  add_dot (svg, "heart", heart, 5.5);
  if (self->mark != NULL && reunion_point_is_valid (*self->mark))
    {
      Spot spot = get_spot (&frame, *self->mark);
      char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];

      /* A pin whose foot is the point. */
      g_string_append_printf (
          svg,
          "<path class=\"mark\" transform=\"translate(%s %s)\" d=\"M0 0C-4-7-9-11-9-17A9 9 0 1 "
          "1 9-17C9-11 4-7 0 0Z\"/>\n",
          g_ascii_formatd (x, sizeof x, "%.1f", spot.x),
          g_ascii_formatd (y, sizeof y, "%.1f", spot.y));
    }
  g_string_append (svg, "</svg>\n");
  return g_string_free (svg, FALSE);
}

ReunionPoint
central_map_get_point (const CentralMap *self, double x, double y)
{
  Frame frame = get_frame (self);
  double world_x = frame.min_x + CLAMP (x, 0.0, 1.0) * WIDTH / frame.scale;
  double world_y = frame.min_y + CLAMP (y, 0.0, 1.0) * HEIGHT / frame.scale;
  double turn = G_PI * (1.0 - 2.0 * world_y / CENTRAL_OUTLINE_WORLD);
  ReunionPoint point;

  point.lat_deg = atan (sinh (turn)) * 180.0 / G_PI;
  point.lon_deg = reunion_geodesy_wrap_longitude (world_x / CENTRAL_OUTLINE_WORLD * 360.0 - 180.0);
  return point;
}

gboolean
central_map_find_point (const CentralMap *self, ReunionPoint point, double *x, double *y)
{
  Frame frame = get_frame (self);
  Spot spot = get_spot (&frame, point);

  *x = spot.x / WIDTH;
  *y = spot.y / HEIGHT;
  return *x >= 0 && *x <= 1 && *y >= 0 && *y <= 1;
}

const char *
central_map_get_style (void)
{
  return style;
}
