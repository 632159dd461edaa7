/* desk-test-looks.c: what is wrong with how a window looks, and a picture of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-test-looks.h"

#include "sync-test-utils.h"

#include <adwaita.h>
#include <math.h>

/* Edges that touch, or are rounded to the same pixel, do not overlap. */
#define TOUCH_PX 1.5
/* What is less wide or high can't be read, and isn't: an entry's own label while
 * the text stands in its place. */
#define MIN_PX 3.0

/* Something that a person reads, and where. */
typedef struct
{
  GtkWidget *widget;
  graphene_rect_t rect; /* as much of it as can be seen, in the window */
} Item;

typedef struct
{
  GtkWidget *window;
  GArray *items;
  GString *faults;
} Look;

static const char *
get_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_TEXT (widget))
    return gtk_editable_get_text (GTK_EDITABLE (widget));
  if (GTK_IS_IMAGE (widget) && gtk_image_get_icon_name (GTK_IMAGE (widget)) != NULL)
    return gtk_image_get_icon_name (GTK_IMAGE (widget));
  return "";
}

G_GNUC_PRINTF (2, 3)
static void
complain (Look *look, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (look->faults, format, args);
  va_end (args);
  g_string_append_c (look->faults, '\n');
}

/* The part of @widget that no scrolled window or stack hides. */
static gboolean
get_seen (Look *look, GtkWidget *widget, graphene_rect_t *seen)
{
  if (!gtk_widget_compute_bounds (widget, look->window, seen))
    return FALSE;
  for (GtkWidget *up = gtk_widget_get_parent (widget); up != NULL; up = gtk_widget_get_parent (up))
    {
      graphene_rect_t bounds;

      if (gtk_widget_get_overflow (up) != GTK_OVERFLOW_HIDDEN && !GTK_IS_SCROLLED_WINDOW (up)
          && !GTK_IS_VIEWPORT (up) && up != look->window)
        continue;
      if (!gtk_widget_compute_bounds (up, look->window, &bounds)
          || !graphene_rect_intersection (seen, &bounds, seen))
        return FALSE;
    }
  return seen->size.width >= MIN_PX && seen->size.height >= MIN_PX;
}

static gboolean
is_in_scrolled (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW) != NULL;
}

static gboolean
is_seen_through (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_opacity (widget) < 0.05)
      return TRUE;
  return FALSE;
}

/* A text has to be there in full; where it may be shortened the whole stands in a
 * tooltip. */
static void
check_label (Look *look, GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int width_px, height_px;

  pango_layout_get_pixel_size (layout, &width_px, &height_px);
  if (pango_layout_is_ellipsized (layout)
      && gtk_widget_get_tooltip_text (GTK_WIDGET (label)) == NULL)
    complain (look, "“%s” is shortened to %d pixels", gtk_label_get_text (label), width_px);
  else if (width_px > gtk_widget_get_width (GTK_WIDGET (label)) + TOUCH_PX
           || height_px > gtk_widget_get_height (GTK_WIDGET (label)) + TOUCH_PX)
    complain (look, "“%s” needs %d x %d pixels and has %d x %d", gtk_label_get_text (label),
              width_px, height_px, gtk_widget_get_width (GTK_WIDGET (label)),
              gtk_widget_get_height (GTK_WIDGET (label)));
}

static void
check_place (Look *look, GtkWidget *widget, const graphene_rect_t *seen)
{
  graphene_rect_t whole;

  if (is_in_scrolled (widget) || !gtk_widget_compute_bounds (widget, look->window, &whole))
    return;
  if (whole.size.width > seen->size.width + TOUCH_PX
      || whole.size.height > seen->size.height + TOUCH_PX)
    complain (look, "“%s” is cut off: %.0f x %.0f pixels of %.0f x %.0f are seen",
              get_words (widget), seen->size.width, seen->size.height, whole.size.width,
              whole.size.height);
}

/* What is larger than the room that holds it stands on its edge or beyond. */
static void
check_room (Look *look, GtkWidget *widget)
{
  for (GtkWidget *up = gtk_widget_get_parent (widget);
       up != NULL && up != look->window && !GTK_IS_VIEWPORT (up) && !GTK_IS_SCROLLED_WINDOW (up);
       up = gtk_widget_get_parent (up))
    {
      graphene_rect_t bounds;

      if (!GTK_IS_BOX (up) || !gtk_widget_compute_bounds (widget, up, &bounds)
          || bounds.origin.y + bounds.size.height <= gtk_widget_get_height (up) + TOUCH_PX)
        continue;
      complain (look, "“%s” stands %.0f pixels out of the %s that holds it", get_words (widget),
                bounds.origin.y + bounds.size.height - gtk_widget_get_height (up),
                gtk_widget_get_css_name (up));
      return;
    }
}

static void
gather (Look *look, GtkWidget *widget)
{
  /* A list that hangs below an entry lies over the window on purpose. */
  if (!gtk_widget_get_mapped (widget) || is_seen_through (widget)
      || (GTK_IS_NATIVE (widget) && widget != look->window))
    return;
  if (*get_words (widget) != '\0')
    {
      Item item = { .widget = widget };

      if (get_seen (look, widget, &item.rect))
        {
          if (GTK_IS_LABEL (widget))
            check_label (look, GTK_LABEL (widget));
          check_place (look, widget, &item.rect);
          check_room (look, widget);
          g_array_append_val (look->items, item);
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gather (look, child);
}

/* The title of such a row moves out of the way of its text without being
 * placed anew, so that the two seem to stand on each other. */
static gboolean
share_an_entry_row (GtkWidget *a, GtkWidget *b)
{
  GtkWidget *row = gtk_widget_get_ancestor (a, ADW_TYPE_ENTRY_ROW);

  return row != NULL && row == gtk_widget_get_ancestor (b, ADW_TYPE_ENTRY_ROW);
}

static void
check_overlaps (Look *look)
{
  for (guint i = 0; i < look->items->len; i++)
    for (guint j = i + 1; j < look->items->len; j++)
      {
        const Item *a = &g_array_index (look->items, Item, i);
        const Item *b = &g_array_index (look->items, Item, j);
        graphene_rect_t both;

        if (gtk_widget_is_ancestor (b->widget, a->widget)
            || share_an_entry_row (a->widget, b->widget)
            || !graphene_rect_intersection (&a->rect, &b->rect, &both) || both.size.width < TOUCH_PX
            || both.size.height < TOUCH_PX)
          continue;
        complain (look, "“%s” and “%s” overlap by %.0f x %.0f pixels", get_words (a->widget),
                  get_words (b->widget), both.size.width, both.size.height);
      }
}

char *
desk_test_find_faults (GtkWidget *window)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GString) faults = g_string_new (NULL);
  Look look = { .window = window, .items = items, .faults = faults };

  gather (&look, window);
  check_overlaps (&look);
  g_assert_cmpuint (items->len, >, 0);
  return faults->len > 0 ? g_strdup (faults->str) : NULL;
}

static void
paint_one (GtkWidget *widget, GtkSnapshot *snapshot)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
}

GtkWidget *
desk_test_find_popover (GtkWidget *root)
{
  GtkWidget *found = GTK_IS_POPOVER (root) && gtk_widget_get_mapped (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = desk_test_find_popover (child);
  return found;
}

/* Where the display has put it, from the corner of what can be seen of the window. */
static void
paint_popover (GtkWidget *window, GtkWidget *popover, GtkSnapshot *snapshot)
{
  GdkPopup *popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (popover)));
  double window_x, window_y, popover_x, popover_y;

  gtk_native_get_surface_transform (GTK_NATIVE (window), &window_x, &window_y);
  gtk_native_get_surface_transform (GTK_NATIVE (popover), &popover_x, &popover_y);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) (gdk_popup_get_position_x (popup) + popover_x - window_x),
                            (float) (gdk_popup_get_position_y (popup) + popover_y - window_y)));
  paint_one (popover, snapshot);
  gtk_snapshot_restore (snapshot);
}

/* NULL while the window waits to be laid out. Transfer full. */
static GskRenderNode *
paint (GtkWidget *window)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GtkWidget *popover = desk_test_find_popover (window);

  paint_one (window, snapshot);
  if (popover != NULL)
    paint_popover (window, popover, snapshot);
  return gtk_snapshot_to_node (snapshot);
}

void
desk_test_save_picture (GtkWidget *window, const char *path)
{
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  sync_test_wait ((node = paint (window)) != NULL);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s can't be written", path);
}
