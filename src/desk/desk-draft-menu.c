/* desk-draft-menu.c: from one unfinished report to another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-draft-menu.h"

#include "desk-case-model.h"

#include <glib/gi18n-lib.h>

/* More than anybody has begun; the list of cases has them all. */
#define MAX_DRAFTS 20

typedef struct
{
  DeskSession *session;
  GtkWidget *arrow; /* not owned: inside the button */
  char *current;
  DeskDraftMenuFunc opening;
  gpointer user_data;
} DraftMenu;

static void
draft_menu_free (DraftMenu *menu)
{
  g_object_unref (menu->session);
  g_free (menu->current);
  g_free (menu);
}

static DraftMenu *
get_menu (GtkMenuButton *button)
{
  return g_object_get_data (G_OBJECT (button), "desk-draft-menu");
}

/* ReunionCaseRow of the others. */
static GPtrArray *
list_others (DraftMenu *menu)
{
  const ReunionCaseQuery query
      = { .states = 1u << REUNION_CASE_STATE_DRAFT | 1u << REUNION_CASE_STATE_RETURNED };
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = reunion_station_store_search (desk_session_get_store (menu->session), &query,
                                                  MAX_DRAFTS, &error);

  if (rows == NULL)
    {
      g_warning ("%s", error->message);
      return g_ptr_array_new ();
    }
  for (guint i = rows->len; i > 0; i--)
    if (g_strcmp0 (((ReunionCaseRow *) rows->pdata[i - 1])->id, menu->current) == 0)
      g_ptr_array_remove_index (rows, i - 1);
  return rows;
}

static char *
make_label (DraftMenu *menu, ReunionCase *case_)
{
  g_autofree char *title
      = desk_case_model_format_title (case_, desk_session_get_now_usec (menu->session));
  /* In a menu one underscore marks a letter. */
  g_auto (GStrv) parts = g_strsplit (title, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  if (reunion_case_get_state (case_) == REUNION_CASE_STATE_RETURNED)
    /* Translators: name of a person; the report was returned by the reviewer */
    return g_strdup_printf (_("%s (returned)"), escaped);
  return g_steal_pointer (&escaped);
}

/* Made when it is wanted: by then names may be known. */
static void
create_popup_cb (GtkMenuButton *button, gpointer user_data)
{
  DraftMenu *menu = get_menu (button);
  g_autoptr (GPtrArray) rows = list_others (menu);
  g_autoptr (GMenu) model = g_menu_new ();

  menu->opening (menu->user_data);
  for (guint i = 0; i < rows->len; i++)
    {
      const ReunionCaseRow *row = rows->pdata[i];
      ReunionCase *case_ = desk_session_find_case (menu->session, row->id);
      g_autofree char *label = case_ != NULL ? make_label (menu, case_) : NULL;
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.open-draft", "s", row->id);
      if (label != NULL)
        g_menu_append_item (model, item);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (model));
}

static void
update (GtkMenuButton *button)
{
  DraftMenu *menu = get_menu (button);
  g_autoptr (GPtrArray) rows = menu->current != NULL ? list_others (menu) : NULL;
  gboolean has_others = rows != NULL && rows->len > 0;

  gtk_widget_set_visible (menu->arrow, has_others);
  gtk_widget_set_can_target (GTK_WIDGET (button), has_others);
  gtk_widget_set_can_focus (GTK_WIDGET (button), has_others);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button),
                               has_others ? _("Go to Another Unfinished Report") : NULL);
}

void
desk_draft_menu_set_up (GtkMenuButton *button,
                        GtkWidget *arrow,
                        DeskSession *session,
                        DeskDraftMenuFunc opening,
                        gpointer user_data)
{
  DraftMenu *menu;

  g_return_if_fail (GTK_IS_MENU_BUTTON (button) && GTK_IS_WIDGET (arrow));
  g_return_if_fail (DESK_IS_SESSION (session) && opening != NULL);

  menu = g_new0 (DraftMenu, 1);
  menu->session = g_object_ref (session);
  menu->arrow = arrow;
  menu->opening = opening;
  menu->user_data = user_data;
  g_object_set_data_full (G_OBJECT (button), "desk-draft-menu", menu,
                          (GDestroyNotify) draft_menu_free);
  gtk_menu_button_set_create_popup_func (button, create_popup_cb, NULL, NULL);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), button, G_CONNECT_SWAPPED);
  update (button);
}

void
desk_draft_menu_set_current (GtkMenuButton *button, const char *case_id)
{
  DraftMenu *menu;

  g_return_if_fail (GTK_IS_MENU_BUTTON (button));

  menu = get_menu (button);
  g_free (menu->current);
  menu->current = g_strdup (case_id);
  update (button);
}
