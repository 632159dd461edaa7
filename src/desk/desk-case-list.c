/* desk-case-list.c: the list of cases with its search, and its empty states
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-list.h"

#include "desk-case-row.h"
#include "desk-widgets.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskCaseList
{
  GtkWidget parent_instance;

  DeskSession *session;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;

  GtkWidget *box;
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkListView *list_view;

  DeskCaseListKind kind;
  char *needle; /* folded, NULL for all */
  char *selected;
  gboolean is_restoring;
};

enum
{
  SIGNAL_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCaseList, desk_case_list, GTK_TYPE_WIDGET)

static gboolean
text_fits (DeskCaseList *self, const char *text)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, self->needle) != NULL;
}

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  DeskCaseList *self = user_data;
  ReunionCase *case_ = desk_case_item_get_case (item);
  ReunionReport *report = reunion_case_get_report (case_);

  if (self->kind == DESK_CASE_LIST_REVIEW
      && reunion_case_get_state (case_) != REUNION_CASE_STATE_SUBMITTED)
    return FALSE;
  return self->needle == NULL
         || text_fits (self, reunion_report_get_text (report, REUNION_FIELD_NAME))
         || text_fits (self, reunion_report_get_text (report, REUNION_FIELD_OTHER_NAMES))
         || text_fits (self, reunion_report_get_text (report, REUNION_FIELD_PLACE))
         || text_fits (self, reunion_report_get_text (report, REUNION_FIELD_CASE_NUMBER))
         || text_fits (self, reunion_case_get_station_name (case_));
}

static void
show_empty (DeskCaseList *self, const char *icon, const char *title, const char *description)
{
  adw_status_page_set_icon_name (self->empty_page, icon);
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page, description);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
update_state (DeskCaseList *self)
{
  ReunionSyncStatus status = reunion_sync_get_status (desk_session_get_sync (self->session));

  if (desk_case_list_get_n_cases (self) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (self->needle != NULL)
    show_empty (self, "edit-find-symbolic", _("Nothing Found"),
                _("No case has this in its name, place or number."));
  else if (status == REUNION_SYNC_CONNECTING)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (self->kind == DESK_CASE_LIST_REVIEW)
    show_empty (self, "object-select-symbolic", _("Nothing to Review"),
                _("A report that a station submits shows up here by itself."));
  else if (status == REUNION_SYNC_OFFLINE)
    show_empty (self, "network-offline-symbolic", _("No Cases on This PC"),
                _("The service can't be reached. New reports are kept and go out once it can."));
  else
    show_empty (self, "system-users-symbolic", _("No Cases"),
                _("Press New Report when somebody is missing."));
}

/* Puts the selection back on the case that was chosen, after the list moved. */
static void
restore_selection (DeskCaseList *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; self->selected != NULL && i < desk_case_list_get_n_cases (self); i++)
    {
      g_autoptr (DeskCaseItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_strcmp0 (desk_case_item_get_id (item), self->selected) == 0)
        position = i;
    }
  self->is_restoring = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->is_restoring = FALSE;
}

static void
items_changed_cb (DeskCaseList *self)
{
  restore_selection (self);
  update_state (self);
}

static void
selection_cb (DeskCaseList *self)
{
  DeskCaseItem *item = gtk_single_selection_get_selected_item (self->selection);

  /* A case that leaves the list for a moment is still the one chosen. */
  if (self->is_restoring || item == NULL)
    return;
  if (g_strcmp0 (self->selected, desk_case_item_get_id (item)) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (desk_case_item_get_id (item));
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0, self->selected);
}

/* Choosing again what is chosen already counts: it leads back to the case. */
static void
activate_cb (DeskCaseList *self)
{
  if (self->selected != NULL)
    g_signal_emit (self, signals[SIGNAL_SELECTED], 0, self->selected);
}

static void
refilter (DeskCaseList *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->filtered),
                      GTK_FILTER_CHANGE_DIFFERENT);
  update_state (self);
}

static void
search_changed_cb (DeskCaseList *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));

  g_strstrip (text);
  g_free (self->needle);
  self->needle = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  if (self->session != NULL)
    refilter (self);
}

static void
desk_case_list_dispose (GObject *object)
{
  DeskCaseList *self = DESK_CASE_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_case_list_parent_class)->dispose (object);
}

static void
desk_case_list_finalize (GObject *object)
{
  DeskCaseList *self = DESK_CASE_LIST (object);

  g_free (self->needle);
  g_free (self->selected);

  G_OBJECT_CLASS (desk_case_list_parent_class)->finalize (object);
}

static void
desk_case_list_class_init (DeskCaseListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = desk_case_list_dispose;
  object_class->finalize = desk_case_list_finalize;
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", DESK_TYPE_CASE_LIST, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-case-list.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, box);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, empty_page);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, list_view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
desk_case_list_init (DeskCaseList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list_view, "activate", G_CALLBACK (activate_cb), self);
}

void
desk_case_list_set_session (DeskCaseList *self, DeskSession *session, DeskCaseListKind kind)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  g_return_if_fail (DESK_IS_CASE_LIST (self) && self->session == NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  factory = desk_case_row_factory_new (session);
  self->filtered
      = gtk_filter_list_model_new (g_object_ref (desk_session_get_cases (session)),
                                   GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL)));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  if (kind == DESK_CASE_LIST_REVIEW)
    g_signal_connect_object (session, "changed", G_CALLBACK (refilter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  update_state (self);
}

void
desk_case_list_select (DeskCaseList *self, const char *case_id)
{
  g_return_if_fail (DESK_IS_CASE_LIST (self));

  if (g_strcmp0 (self->selected, case_id) != 0)
    {
      g_free (self->selected);
      self->selected = g_strdup (case_id);
      restore_selection (self);
      g_signal_emit (self, signals[SIGNAL_SELECTED], 0, self->selected);
    }
  else
    restore_selection (self);
}

const char *
desk_case_list_get_selected (DeskCaseList *self)
{
  g_return_val_if_fail (DESK_IS_CASE_LIST (self), NULL);

  return self->selected;
}

guint
desk_case_list_get_n_cases (DeskCaseList *self)
{
  g_return_val_if_fail (DESK_IS_CASE_LIST (self), 0);

  return self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;
}

void
desk_case_list_focus_search (DeskCaseList *self)
{
  g_return_if_fail (DESK_IS_CASE_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
