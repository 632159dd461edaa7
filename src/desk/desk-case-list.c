/* desk-case-list.c: the list of cases with its search, and its empty states
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-list.h"

#include "desk-case-results.h"
#include "desk-case-row.h"
#include "desk-place-filter.h"
#include "desk-widgets.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskCaseList
{
  GtkWidget parent_instance;

  DeskSession *session;
  DeskCaseResults *results;
  GtkSingleSelection *selection;

  GtkWidget *box;
  GtkSearchEntry *search_entry;
  GtkWidget *filter_box;
  GtkDropDown *state_drop;
  GtkDropDown *period_drop;
  DeskPlaceFilter *place_filter;
  GtkWidget *clear_button;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkListView *list_view;

  DeskCaseListKind kind;
  gboolean is_narrowed; /* something is asked for */
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

#define STATE(state) (1u << REUNION_CASE_STATE_##state)

/* What the rows of the two drop-downs stand for, in their order. */
static const guint state_masks[] = {
  0,
  STATE (DRAFT) | STATE (RETURNED),
  STATE (QUEUED) | STATE (SUBMITTED),
  STATE (PUBLISHED) | STATE (ESCALATING),
  STATE (CLOSED) | STATE (EXPIRED) | STATE (REJECTED) | STATE (WITHDRAWN),
};
static const int period_days[] = { 0, 1, 7, 30, 365 };

static void
show_empty (DeskCaseList *self, const char *icon, const char *title, const char *description)
{
  adw_status_page_set_icon_name (self->empty_page, icon);
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page, description);
  gtk_widget_set_visible (self->clear_button, self->is_narrowed);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
add_choice (GPtrArray *filters, GtkDropDown *drop)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (drop);

  if (gtk_drop_down_get_selected (drop) != 0 && chosen != NULL)
    g_ptr_array_add (filters, g_strdup (gtk_string_object_get_string (chosen)));
}

/* "No case on this PC fits: “Wang” · In Review · Within 50 km of Zhijin". Transfer
 * full, escaped for markup. */
static char *
describe_filters (DeskCaseList *self)
{
  g_autoptr (GPtrArray) filters = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));
  const char *place = desk_place_filter_get_label (self->place_filter);
  g_autofree char *joined = NULL;
  g_autofree char *sentence = NULL;

  if (*text != '\0')
    /* Translators: quotes around what was typed */
    g_ptr_array_add (filters, g_strdup_printf (_("“%s”"), text));
  add_choice (filters, self->state_drop);
  add_choice (filters, self->period_drop);
  if (place != NULL)
    g_ptr_array_add (filters, g_strdup (place));
  g_ptr_array_add (filters, NULL);
  joined = g_strjoinv (" · ", (char **) filters->pdata);
  /* Translators: what was typed and chosen */
  sentence = g_strdup_printf (_("No case on this PC fits all of this: %s"), joined);
  return g_markup_escape_text (sentence, -1);
}

static void
update_state (DeskCaseList *self)
{
  ReunionSyncStatus status = reunion_sync_get_status (desk_session_get_sync (self->session));

  if (desk_case_list_get_n_cases (self) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (self->is_narrowed)
    {
      g_autofree char *description = describe_filters (self);

      show_empty (self, "edit-find-symbolic", _("Nothing Found"), description);
    }
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
  DeskCaseItem *item = gtk_single_selection_get_selected_item (self->selection);
  guint position = GTK_INVALID_LIST_POSITION;

  if (item != NULL && g_strcmp0 (desk_case_item_get_id (item), self->selected) == 0)
    return;
  if (self->selected != NULL)
    desk_case_results_find (self->results, self->selected, &position);
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
ask (DeskCaseList *self)
{
  g_autofree char *text = NULL;
  ReunionCaseQuery query = { 0 };
  guint state, period;

  if (self->results == NULL)
    return;
  state = gtk_drop_down_get_selected (self->state_drop);
  period = gtk_drop_down_get_selected (self->period_drop);
  text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  query.text = g_strstrip (text);
  if (self->kind == DESK_CASE_LIST_REVIEW)
    query.states = STATE (SUBMITTED);
  else if (state < G_N_ELEMENTS (state_masks))
    query.states = state_masks[state];
  if (period < G_N_ELEMENTS (period_days) && period_days[period] > 0)
    query.from_usec = desk_session_get_now_usec (self->session)
                      - (gint64) period_days[period] * 24 * 3600 * G_USEC_PER_SEC;
  desk_place_filter_apply (self->place_filter, &query);
  self->is_narrowed = *text != '\0' || query.from_usec != 0 || query.has_box || query.has_circle
                      || (self->kind == DESK_CASE_LIST_ALL && query.states != 0);
  desk_case_results_set_query (self->results, &query);
  update_state (self);
}

static void
clear_cb (DeskCaseList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_drop_down_set_selected (self->state_drop, 0);
  gtk_drop_down_set_selected (self->period_drop, 0);
  desk_place_filter_clear (self->place_filter);
  ask (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
desk_case_list_dispose (GObject *object)
{
  DeskCaseList *self = DESK_CASE_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->results);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_case_list_parent_class)->dispose (object);
}

static void
desk_case_list_finalize (GObject *object)
{
  DeskCaseList *self = DESK_CASE_LIST (object);

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
  g_type_ensure (DESK_TYPE_PLACE_FILTER);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-case-list.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, box);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, filter_box);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, state_drop);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, period_drop);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, place_filter);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, clear_button);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, empty_page);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseList, list_view);
  gtk_widget_class_bind_template_callback (widget_class, ask);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
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
  gtk_widget_set_visible (self->filter_box, kind == DESK_CASE_LIST_ALL);
  gtk_widget_set_visible (GTK_WIDGET (self->place_filter), kind == DESK_CASE_LIST_ALL);
  desk_place_filter_set_session (self->place_filter, session);
  self->results = desk_case_results_new (session);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->results)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  ask (self);
}

void
desk_case_list_set_map (DeskCaseList *self, ReunionMapView *map)
{
  g_return_if_fail (DESK_IS_CASE_LIST (self));

  desk_place_filter_set_map (self->place_filter, map);
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
