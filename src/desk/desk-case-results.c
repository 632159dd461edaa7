/* desk-case-results.c: the cases that answer a question, as a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-results.h"

#include <string.h>

#define PAGE 200
/* What may be spent before the window has its turn again: less than a frame. */
#define TURN_USEC 6000

typedef struct
{
  gint64 position;
  char *id;
} Entry;

typedef enum
{
  UNASKED,
  DONE,
  APPENDING, /* a new question: what is found goes to the end of the list */
  REPLACING, /* the same question again: the list stays until all is found */
} Progress;

struct _DeskCaseResults
{
  GObject parent_instance;

  DeskSession *session;
  ReunionCaseQuery query;
  char *text;

  GArray *entries;   /* Entry, by position */
  GArray *next;      /* while REPLACING */
  GHashTable *items; /* id -> DeskCaseItem that a view holds, unowned */
  Progress progress;
  gboolean is_stale; /* written to meanwhile: once more from the start */
  guint step_id;
};

static void desk_case_results_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DeskCaseResults,
                               desk_case_results,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      desk_case_results_list_model_init))

/* --- entries -------------------------------------------------------------------- */

static void
entry_clear (Entry *entry)
{
  g_free (entry->id);
}

static GArray *
new_entries (void)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  g_array_set_clear_func (entries, (GDestroyNotify) entry_clear);
  return entries;
}

static const Entry *
get_entry (GArray *entries, guint index)
{
  return &g_array_index (entries, Entry, index);
}

static gboolean
is_same (const Entry *a, const Entry *b)
{
  return a->position == b->position && strcmp (a->id, b->id) == 0;
}

/* Where @position is, or would be. */
static guint
find_position (GArray *entries, gint64 position)
{
  guint low = 0, high = entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_entry (entries, middle)->position < position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Puts @next in the place of the list and tells the part that differs. */
static void
replace_entries (DeskCaseResults *self, GArray *next)
{
  g_autoptr (GArray) before = self->entries;
  guint least = MIN (before->len, next->len);
  guint start = 0, end = 0;

  while (start < least && is_same (get_entry (before, start), get_entry (next, start)))
    start++;
  while (
      end < least - start
      && is_same (get_entry (before, before->len - 1 - end), get_entry (next, next->len - 1 - end)))
    end++;
  self->entries = next;
  if (start + end < MAX (before->len, next->len))
    g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end,
                                next->len - start - end);
}

/* --- asking ----------------------------------------------------------------------- */

/* Adds what follows the last of @entries, for one turn; TRUE when that was all. */
static gboolean
take_turn (DeskCaseResults *self, GArray *entries)
{
  gint64 end_usec = g_get_monotonic_time () + TURN_USEC;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      self->query.after = entries->len > 0 ? get_entry (entries, entries->len - 1)->position : 0;
      rows = reunion_station_store_search (desk_session_get_store (self->session), &self->query,
                                           PAGE, &error);
      if (rows == NULL)
        {
          g_warning ("%s", error->message);
          return TRUE;
        }
      for (guint i = 0; i < rows->len; i++)
        {
          ReunionCaseRow *row = rows->pdata[i];
          Entry entry = { row->position, g_steal_pointer (&row->id) };

          g_array_append_val (entries, entry);
        }
      if (rows->len < PAGE)
        return TRUE;
    }
  while (g_get_monotonic_time () < end_usec);
  return FALSE;
}

static gboolean step_cb (gpointer user_data);

static void
go_on (DeskCaseResults *self, Progress progress)
{
  self->progress = progress;
  if (progress != DONE && self->step_id == 0)
    self->step_id = g_idle_add (step_cb, self);
}

static void
refresh_items (DeskCaseResults *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_ptr_array_add (items, g_object_ref (item));
  for (guint i = 0; i < items->len; i++)
    desk_case_item_refresh (items->pdata[i]);
}

static void
replace (DeskCaseResults *self)
{
  if (self->next == NULL)
    self->next = new_entries ();
  if (!take_turn (self, self->next))
    {
      go_on (self, REPLACING);
      return;
    }
  self->progress = DONE;
  replace_entries (self, g_steal_pointer (&self->next));
  refresh_items (self);
}

static void
append (DeskCaseResults *self)
{
  guint n_before = self->entries->len;
  gboolean is_done = take_turn (self, self->entries);

  go_on (self, is_done ? DONE : APPENDING);
  if (self->entries->len > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->entries->len - n_before);
}

static gboolean
step_cb (gpointer user_data)
{
  DeskCaseResults *self = user_data;

  self->step_id = 0;
  if (self->progress == APPENDING)
    append (self);
  else if (self->progress == REPLACING)
    replace (self);
  if (self->progress == DONE && self->is_stale)
    {
      self->is_stale = FALSE;
      go_on (self, REPLACING);
    }
  return G_SOURCE_REMOVE;
}

/* --- following the store ------------------------------------------------------------ */

static void
remove_entry (DeskCaseResults *self, guint index)
{
  g_array_remove_index (self->entries, index);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 1, 0);
}

static void
insert_entry (DeskCaseResults *self, const ReunionCaseRow *row)
{
  guint index = find_position (self->entries, row->position);
  Entry entry = { row->position, g_strdup (row->id) };

  /* What lies ahead of the end is still to come. */
  if (self->progress == APPENDING && index == self->entries->len)
    {
      entry_clear (&entry);
      return;
    }
  g_array_insert_val (self->entries, index, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 0, 1);
}

static void
update_case (DeskCaseResults *self, const char *case_id)
{
  DeskCaseItem *item = g_hash_table_lookup (self->items, case_id);
  g_autoptr (DeskCaseItem) held = item != NULL ? g_object_ref (item) : NULL;
  g_autoptr (ReunionCaseRow) row = NULL;
  g_autoptr (GError) error = NULL;
  guint index = 0;
  gboolean is_listed = desk_case_results_find (self, case_id, &index);

  row = reunion_station_store_search_case (desk_session_get_store (self->session), &self->query,
                                           case_id, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  if (!is_listed || row == NULL || get_entry (self->entries, index)->position != row->position)
    {
      if (is_listed)
        remove_entry (self, index);
      if (row != NULL)
        insert_entry (self, row);
    }
  if (held != NULL)
    desk_case_item_refresh (held);
}

static void
case_changed_cb (DeskCaseResults *self, const char *case_id)
{
  if (self->progress == UNASKED)
    return;
  if (self->progress != DONE && (case_id == NULL || self->progress == REPLACING))
    self->is_stale = TRUE;
  if (case_id != NULL)
    update_case (self, case_id);
  else if (self->progress == DONE)
    replace (self);
}

/* --- the model ------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return DESK_TYPE_CASE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return DESK_CASE_RESULTS (model)->entries->len;
}

static gboolean
is_item (gpointer id, gpointer item, gpointer gone)
{
  return item == gone;
}

static void
item_gone_cb (gpointer user_data, GObject *gone)
{
  DeskCaseResults *self = user_data;

  g_hash_table_foreach_remove (self->items, is_item, gone);
}

static gpointer
get_item (GListModel *model, guint index)
{
  DeskCaseResults *self = DESK_CASE_RESULTS (model);
  const char *id;
  DeskCaseItem *item;

  if (index >= self->entries->len)
    return NULL;
  id = get_entry (self->entries, index)->id;
  item = g_hash_table_lookup (self->items, id);
  if (item != NULL)
    return g_object_ref (item);
  item = desk_case_item_new (desk_session_get_store (self->session), id);
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, self);
  g_hash_table_insert (self->items, g_strdup (id), item);
  return item;
}

static void
desk_case_results_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
desk_case_results_dispose (GObject *object)
{
  DeskCaseResults *self = DESK_CASE_RESULTS (object);
  GHashTableIter iter;
  gpointer item;

  g_clear_handle_id (&self->step_id, g_source_remove);
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      g_object_weak_unref (item, item_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_case_results_parent_class)->dispose (object);
}

static void
desk_case_results_finalize (GObject *object)
{
  DeskCaseResults *self = DESK_CASE_RESULTS (object);

  g_clear_pointer (&self->next, g_array_unref);
  g_array_unref (self->entries);
  g_hash_table_unref (self->items);
  g_free (self->text);

  G_OBJECT_CLASS (desk_case_results_parent_class)->finalize (object);
}

static void
desk_case_results_class_init (DeskCaseResultsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = desk_case_results_dispose;
  object_class->finalize = desk_case_results_finalize;
}

static void
desk_case_results_init (DeskCaseResults *self)
{
  self->entries = new_entries ();
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

DeskCaseResults *
desk_case_results_new (DeskSession *session)
{
  DeskCaseResults *self;

  g_return_val_if_fail (DESK_IS_SESSION (session), NULL);

  self = g_object_new (DESK_TYPE_CASE_RESULTS, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "case-changed", G_CALLBACK (case_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
desk_case_results_set_query (DeskCaseResults *self, const ReunionCaseQuery *query)
{
  GArray *found;
  gboolean is_done;

  g_return_if_fail (DESK_IS_CASE_RESULTS (self) && query != NULL);

  g_clear_handle_id (&self->step_id, g_source_remove);
  g_clear_pointer (&self->next, g_array_unref);
  self->is_stale = FALSE;
  self->query = *query;
  self->query.order = REUNION_CASE_ORDER_LATEST;
  g_free (self->text);
  self->text = g_strdup (query->text);
  self->query.text = self->text;
  found = new_entries ();
  is_done = take_turn (self, found);
  go_on (self, is_done ? DONE : APPENDING);
  replace_entries (self, found);
}

gboolean
desk_case_results_find (DeskCaseResults *self, const char *case_id, guint *index)
{
  g_return_val_if_fail (DESK_IS_CASE_RESULTS (self) && case_id != NULL, FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    if (strcmp (get_entry (self->entries, i)->id, case_id) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}
