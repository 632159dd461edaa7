/* desk-undo.c: what a report was like before each change to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-undo.h"

#include <string.h>

/* Who rests this long has finished a thought. */
#define PAUSE_USEC (1000 * 1000)
/* A text that replaces another is told as two changes, one right after the other;
 * no hand is that quick. */
#define AT_ONCE_USEC (250 * 1000)
/* So many characters at once were pasted or chosen, and stand alone; an input
 * method hands over fewer. */
#define PASTED_CHARACTERS 12
#define NOWHERE G_MAXUINT

typedef enum
{
  INSERTED,
  DELETED,
  REPLACED,
} ChangeKind;

/* What became of a text, in bytes and characters of it. */
typedef struct
{
  ChangeKind kind;
  glong start; /* characters before what changed */
  glong n_removed;
  glong n_added;
  gboolean is_new_word;
} Change;

typedef struct
{
  DeskUndoState *other; /* what the report is once the step is gone */
  guint where;
} Step;

struct _DeskUndo
{
  DeskUndoState *current;
  GPtrArray *steps[2]; /* Step: those that can be brought back, those that can be taken back */

  /* The step that typing goes on with; NOWHERE when the next change is a new one. */
  guint open;
  gint64 typed_usec;
  ChangeKind kind;
  glong n_removed;
  glong caret;
};

/* --- states ----------------------------------------------------------------- */

static char *
ref_text (const char *text)
{
  return text != NULL ? g_ref_string_acquire ((char *) text) : NULL;
}

static DeskUndoState *
copy_state (const DeskUndoState *state)
{
  DeskUndoState *copy = g_new (DeskUndoState, 1);

  *copy = *state;
  g_object_ref (copy->report);
  g_ptr_array_ref (copy->photos);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    copy->texts[i] = ref_text (state->texts[i]);
  return copy;
}

DeskUndoState *
desk_undo_state_new (ReunionCase *case_)
{
  DeskUndoState *self;

  g_return_val_if_fail (REUNION_IS_CASE (case_), NULL);

  self = g_new0 (DeskUndoState, 1);
  self->report = reunion_report_copy (reunion_case_get_report (case_));
  self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_photo_unref);
  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    g_ptr_array_add (self->photos, reunion_photo_ref (reunion_case_get_photo (case_, i)));
  return self;
}

void
desk_undo_state_free (DeskUndoState *self)
{
  g_object_unref (self->report);
  g_ptr_array_unref (self->photos);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_clear_pointer (&self->texts[i], g_ref_string_release);
  g_free (self);
}

void
desk_undo_state_set_text (DeskUndoState *self,
                          ReunionField field,
                          const char *text,
                          gboolean is_raw)
{
  g_return_if_fail (self != NULL && field < REUNION_N_FIELDS);

  g_clear_pointer (&self->texts[field], g_ref_string_release);
  if (text != NULL)
    self->texts[field] = g_ref_string_new (text);
  self->is_raw[field] = is_raw;
}

gboolean
desk_undo_state_differs (const DeskUndoState *a, const DeskUndoState *b, ReunionField field)
{
  g_return_val_if_fail (a != NULL && b != NULL && field < REUNION_N_FIELDS, FALSE);

  return a->is_raw[field] != b->is_raw[field] || g_strcmp0 (a->texts[field], b->texts[field]) != 0
         || !reunion_report_equal_field (a->report, b->report, field);
}

gboolean
desk_undo_state_has_other_photos (const DeskUndoState *a, const DeskUndoState *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->photos->len != b->photos->len)
    return TRUE;
  for (guint i = 0; i < a->photos->len; i++)
    if (g_strcmp0 (reunion_photo_get_sha256 (a->photos->pdata[i]),
                   reunion_photo_get_sha256 (b->photos->pdata[i]))
        != 0)
      return TRUE;
  return FALSE;
}

/* The first place where they differ; NOWHERE when nowhere. */
static guint
find_difference (const DeskUndoState *a, const DeskUndoState *b)
{
  if (desk_undo_state_has_other_photos (a, b))
    return DESK_UNDO_PHOTOS;
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (desk_undo_state_differs (a, b, i))
      /* The coordinates are entered through the place. */
      return i == REUNION_FIELD_LATITUDE || i == REUNION_FIELD_LONGITUDE ? REUNION_FIELD_PLACE : i;
  return NOWHERE;
}

/* --- texts ------------------------------------------------------------------ */

static gboolean
is_gap (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_ispunct (c);
}

static void
find_change (const char *before, const char *after, Change *change)
{
  const char *end_before = before + strlen (before);
  const char *end_after = after + strlen (after);
  const char *p = before;
  const char *q = after;

  while (*p != '\0' && g_utf8_get_char (p) == g_utf8_get_char (q))
    {
      p = g_utf8_next_char (p);
      q = g_utf8_next_char (q);
    }
  while (end_before > p && end_after > q
         && g_utf8_get_char (g_utf8_prev_char (end_before))
                == g_utf8_get_char (g_utf8_prev_char (end_after)))
    {
      end_before = g_utf8_prev_char (end_before);
      end_after = g_utf8_prev_char (end_after);
    }
  change->start = g_utf8_pointer_to_offset (before, p);
  change->n_removed = g_utf8_pointer_to_offset (p, end_before);
  change->n_added = g_utf8_pointer_to_offset (q, end_after);
  change->kind = change->n_removed == 0 ? INSERTED : change->n_added == 0 ? DELETED : REPLACED;
  change->is_new_word = change->n_added > 0 && q > after && g_unichar_isalpha (g_utf8_get_char (q))
                        && is_gap (g_utf8_get_char (g_utf8_prev_char (q)));
}

int
desk_undo_state_find_caret (const DeskUndoState *from, const DeskUndoState *to, ReunionField field)
{
  const char *before, *after;
  Change change;

  g_return_val_if_fail (from != NULL && to != NULL && field < REUNION_N_FIELDS, 0);

  before = from->texts[field];
  after = to->texts[field];
  find_change (before != NULL ? before : "", after != NULL ? after : "", &change);
  return (int) (change.start + change.n_added);
}

/* --- steps ------------------------------------------------------------------ */

static void
step_free (Step *step)
{
  desk_undo_state_free (step->other);
  g_free (step);
}

static void
push (GPtrArray *steps, DeskUndoState *other, guint where)
{
  Step *step = g_new0 (Step, 1);

  step->other = other;
  step->where = where;
  g_ptr_array_add (steps, step);
  if (steps->len > DESK_UNDO_MAX_STEPS)
    g_ptr_array_remove_index (steps, 0);
}

/* What comes now is a step of its own; what had been taken back is gone. */
static void
begin (DeskUndo *self, guint where)
{
  push (self->steps[TRUE], copy_state (self->current), where);
  g_ptr_array_set_size (self->steps[FALSE], 0);
}

DeskUndo *
desk_undo_new (DeskUndoState *state)
{
  DeskUndo *self;

  g_return_val_if_fail (state != NULL, NULL);

  self = g_new0 (DeskUndo, 1);
  self->current = state;
  self->open = NOWHERE;
  for (guint i = 0; i < G_N_ELEMENTS (self->steps); i++)
    self->steps[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  return self;
}

void
desk_undo_free (DeskUndo *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->steps); i++)
    g_ptr_array_unref (self->steps[i]);
  desk_undo_state_free (self->current);
  g_free (self);
}

/* Whether the change goes on with what was typed before it. */
static gboolean
goes_on (DeskUndo *self, const Change *change, gint64 passed_usec)
{
  if (passed_usec <= AT_ONCE_USEC && self->kind == DELETED && self->n_removed > 1
      && change->kind == INSERTED)
    return TRUE;
  if (passed_usec > PAUSE_USEC || change->n_added > PASTED_CHARACTERS)
    return FALSE;
  if (change->kind == DELETED)
    return self->kind == DELETED
           && (change->start == self->caret || change->start + change->n_removed == self->caret);
  return change->kind == INSERTED && self->kind != DELETED && change->start == self->caret
         && !change->is_new_word;
}

static void
type_text (DeskUndo *self, ReunionField field, const char *text, gint64 now_usec)
{
  const char *before = self->current->texts[field] != NULL ? self->current->texts[field] : "";
  Change change;

  if (strcmp (before, text) == 0)
    return;
  find_change (before, text, &change);
  if (self->open != field || !goes_on (self, &change, now_usec - self->typed_usec))
    begin (self, field);
  desk_undo_state_set_text (self->current, field, text, TRUE);
  self->open = field;
  self->typed_usec = now_usec;
  self->kind = change.kind;
  self->n_removed = change.n_removed;
  self->caret = change.start + change.n_added;
}

void
desk_undo_type (DeskUndo *self, ReunionField field, const char *text, gint64 now_usec)
{
  g_return_if_fail (self != NULL && field < REUNION_N_FIELDS);

  if (text != NULL)
    {
      type_text (self, field, text, now_usec);
      return;
    }
  /* Of two buttons that stand for one choice, one comes up as the other goes down. */
  if (self->open != field || now_usec - self->typed_usec > AT_ONCE_USEC)
    begin (self, field);
  self->open = field;
  self->typed_usec = now_usec;
  self->kind = REPLACED;
}

/* A change that came to nothing is no step. */
static void
drop_empty (DeskUndo *self)
{
  GPtrArray *steps = self->steps[TRUE];
  Step *last = steps->len > 0 ? steps->pdata[steps->len - 1] : NULL;

  if (last == NULL || find_difference (last->other, self->current) != NOWHERE)
    return;
  g_ptr_array_set_size (steps, (int) steps->len - 1);
  self->open = NOWHERE;
}

void
desk_undo_settle (DeskUndo *self,
                  DeskUndoState *state,
                  const gboolean pending[REUNION_N_FIELDS],
                  gboolean is_reading)
{
  guint where;

  g_return_if_fail (self != NULL && state != NULL && pending != NULL);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (pending[i])
      {
        g_clear_pointer (&state->texts[i], g_ref_string_release);
        state->texts[i] = ref_text (self->current->texts[i]);
        state->is_raw[i] = self->current->is_raw[i];
      }
  where = find_difference (self->current, state);
  if (where != NOWHERE && !is_reading)
    {
      begin (self, where);
      self->open = NOWHERE;
    }
  desk_undo_state_free (self->current);
  self->current = state;
  if (is_reading)
    drop_empty (self);
}

gboolean
desk_undo_can (DeskUndo *self, gboolean is_back, guint *where)
{
  GPtrArray *steps;

  g_return_val_if_fail (self != NULL, FALSE);

  steps = self->steps[is_back ? TRUE : FALSE];
  if (steps->len == 0)
    return FALSE;
  *where = ((Step *) steps->pdata[steps->len - 1])->where;
  return TRUE;
}

gboolean
desk_undo_go (DeskUndo *self,
              gboolean is_back,
              guint *where,
              const DeskUndoState **from,
              const DeskUndoState **to)
{
  GPtrArray *steps;
  Step *step;

  if (!desk_undo_can (self, is_back, where))
    return FALSE;
  steps = self->steps[is_back ? TRUE : FALSE];
  step = g_ptr_array_steal_index (steps, steps->len - 1);
  push (self->steps[is_back ? FALSE : TRUE], self->current, step->where);
  *from = self->current;
  self->current = g_steal_pointer (&step->other);
  *to = self->current;
  g_free (step);
  self->open = NOWHERE;
  return TRUE;
}
