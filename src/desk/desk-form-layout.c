/* desk-form-layout.c: which entry of the form stands where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-form-layout.h"

#include "desk-audience.h"
#include "desk-field-hints.h"
#include "desk-widgets.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  ReunionField field;
  ReunionFieldGroup group;
} Place;

/* What the window's pages and the form's own buttons answer to: Choose Photo,
 * Submit, Discard. */
#define RESERVED_LETTERS "oud1234"

/* In the order of the conversation. What a kind of person shows at once goes before the
 * rest of its group, as reunion-person-kind.h says. */
static const Place places[] = {
  { REUNION_FIELD_NAME, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_SEX, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_AGE_YEARS, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_RESIDENT_ID, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_CLOTHING, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_MARKS, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_PERSON_KIND, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_OTHER_NAMES, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_BIRTH_DATE, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_HEIGHT_CM, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_WEIGHT_KG, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_BUILD, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_HAIR, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_FACE, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_SHOES, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_CARRIED, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_LANGUAGE, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_ETHNIC_GROUP, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_MEDICAL, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_MEDICAL_VITAL, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_MENTAL_STATE, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_HOME_ADDRESS, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_PHOTO_ABSENT_REASON, REUNION_FIELD_GROUP_PERSON },
  { REUNION_FIELD_LAST_SEEN, REUNION_FIELD_GROUP_EVENT },
  { REUNION_FIELD_PLACE, REUNION_FIELD_GROUP_EVENT },
  { REUNION_FIELD_KIND, REUNION_FIELD_GROUP_EVENT },
  { REUNION_FIELD_SECOND_LOOK, REUNION_FIELD_GROUP_EVENT },
  { REUNION_FIELD_CIRCUMSTANCES, REUNION_FIELD_GROUP_EVENT },
  { REUNION_FIELD_LAST_SEEN_EARLIEST, REUNION_FIELD_GROUP_EVENT },
  { REUNION_FIELD_REGION, REUNION_FIELD_GROUP_EVENT },
  { REUNION_FIELD_VEHICLE, REUNION_FIELD_GROUP_EVENT },
  { REUNION_FIELD_COMPANION, REUNION_FIELD_GROUP_EVENT },
  { REUNION_FIELD_CONSENT, REUNION_FIELD_GROUP_GUARDIAN },
  { REUNION_FIELD_GUARDIAN_NAME, REUNION_FIELD_GROUP_GUARDIAN },
  { REUNION_FIELD_GUARDIAN_PHONE, REUNION_FIELD_GROUP_GUARDIAN },
  { REUNION_FIELD_GUARDIAN_RELATION, REUNION_FIELD_GROUP_GUARDIAN },
  { REUNION_FIELD_CONSENT_OVERRIDE, REUNION_FIELD_GROUP_GUARDIAN },
  { REUNION_FIELD_CONTACT_PHONE, REUNION_FIELD_GROUP_POLICE },
  { REUNION_FIELD_CASE_NUMBER, REUNION_FIELD_GROUP_POLICE },
  { REUNION_FIELD_INTERNAL_NOTES, REUNION_FIELD_GROUP_POLICE },
};

typedef struct
{
  const char *title;
  const char *fold_title;
} Group;

static const Group groups[] = {
  [REUNION_FIELD_GROUP_PERSON] = { N_("Person"), N_("More About the Person") },
  [REUNION_FIELD_GROUP_EVENT] = { N_("Last Seen"), N_("More About the Loss") },
  [REUNION_FIELD_GROUP_GUARDIAN] = { NULL, NULL }, /* by who is missing */
  [REUNION_FIELD_GROUP_POLICE] = { N_("Police"), N_("Number and Notes") },
};

#define N_PLACES (G_N_ELEMENTS (places))
#define N_GROUPS (G_N_ELEMENTS (groups))

/* What belongs to one entry keeps together: itself, its message, what somebody else
 * noted, what it found. */
#define WIDGETS_PER_PLACE 5
#define RANK_KEY "desk-form-rank"

struct _DeskFormLayout
{
  DeskFieldRow *rows[REUNION_N_FIELDS];
  DeskMessageRow *notes[REUNION_N_FIELDS]; /* not owned */
  GtkWidget *marks[REUNION_N_FIELDS];      /* whether the public sees it; not owned */
  DeskPlaceFinder *finder;                 /* not owned */
  AdwPreferencesGroup *groups[N_GROUPS];
  AdwExpanderRow *folds[N_GROUPS];

  ReunionPersonKind kind;
  const Place *order[N_PLACES]; /* as they stand now, from top to bottom */
  gboolean is_shown[REUNION_N_FIELDS];
  gboolean has_age_fault; /* and its sentence shows */
};

/* --- who stands where --------------------------------------------------------- */

static const Place *
find_place (ReunionField field)
{
  for (gsize i = 0; i < N_PLACES; i++)
    if (places[i].field == field)
      return &places[i];
  return NULL;
}

static void
plan_group (DeskFormLayout *self, ReunionFieldGroup group, gsize *n)
{
  const ReunionField *shown = reunion_person_kind_get_info (self->kind)->shown;

  for (gsize i = 0; shown[i] != REUNION_PERSON_KIND_END; i++)
    if (find_place (shown[i])->group == group)
      {
        self->is_shown[shown[i]] = TRUE;
        self->order[(*n)++] = find_place (shown[i]);
      }
  for (gsize i = 0; i < N_PLACES; i++)
    if (places[i].group == group && !self->is_shown[places[i].field])
      self->order[(*n)++] = &places[i];
}

static void
plan (DeskFormLayout *self, ReunionPersonKind kind)
{
  gsize n = 0;

  self->kind = kind;
  memset (self->is_shown, 0, sizeof self->is_shown);
  for (guint i = 0; i < N_GROUPS; i++)
    plan_group (self, i, &n);
  g_assert (n == N_PLACES);
}

static int
get_rank (GtkListBoxRow *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), RANK_KEY));
}

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  return get_rank (a) - get_rank (b);
}

/* A list that sorts itself lets a row change its place without losing the keyboard. */
static void
sort_list (GtkWidget *row)
{
  gtk_list_box_set_sort_func (GTK_LIST_BOX (gtk_widget_get_parent (row)), compare_rows, NULL, NULL);
}

static gboolean
is_folded_away (DeskFormLayout *self, const Place *place, GtkWidget *widget)
{
  return gtk_widget_is_ancestor (widget, GTK_WIDGET (self->folds[place->group]));
}

static void
put_widget (DeskFormLayout *self, const Place *place, int rank, GtkWidget *widget)
{
  gboolean is_shown = self->is_shown[place->field];
  gboolean is_in = gtk_widget_get_parent (widget) != NULL;

  g_object_set_data (G_OBJECT (widget), RANK_KEY, GINT_TO_POINTER (rank));
  if (is_in && is_folded_away (self, place, widget) != is_shown)
    return;
  g_object_ref (widget);
  if (is_in && is_shown)
    adw_expander_row_remove (self->folds[place->group], widget);
  else if (is_in)
    adw_preferences_group_remove (self->groups[place->group], widget);
  if (is_shown)
    adw_preferences_group_add (self->groups[place->group], widget);
  else
    adw_expander_row_add_row (self->folds[place->group], widget);
  g_object_unref (widget);
}

static void
put_all (DeskFormLayout *self)
{
  for (gsize i = 0; i < N_PLACES; i++)
    {
      const Place *place = self->order[i];
      DeskFieldRow *row = self->rows[place->field];
      int rank = (int) (i + 1) * WIDGETS_PER_PLACE;

      put_widget (self, place, rank, desk_field_row_get_widget (row));
      put_widget (self, place, rank + 1, desk_field_row_get_message_widget (row));
      put_widget (self, place, rank + 2, GTK_WIDGET (self->notes[place->field]));
      if (place->field == REUNION_FIELD_PLACE)
        {
          put_widget (self, place, rank + 3, desk_place_finder_get_results_row (self->finder));
          put_widget (self, place, rank + 4, desk_place_finder_get_point_row (self->finder));
        }
      sort_list (desk_field_row_get_widget (row));
    }
}

/* --- words ------------------------------------------------------------------------ */

static void
name_group (DeskFormLayout *self, ReunionFieldGroup which)
{
  const ReunionPersonKindInfo *info = reunion_person_kind_get_info (self->kind);
  const char *title = groups[which].title != NULL ? groups[which].title : info->group_title;
  const char *fold = groups[which].title != NULL ? groups[which].fold_title : info->fold_title;

  adw_preferences_group_set_title (self->groups[which], _(title));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folds[which]), _(fold));
}

static void
name_rows (DeskFormLayout *self)
{
  for (gsize i = 0; i < N_PLACES; i++)
    desk_field_row_set_words (self->rows[places[i].field],
                              reunion_person_kind_get_field_label (self->kind, places[i].field),
                              desk_field_hints_get (places[i].field, self->kind));
}

/* --- making them ------------------------------------------------------------------ */

/* What every report of a child shows has the first choice of letters; who is missing is
 * seldom changed. */
static gboolean
chooses_first (DeskFormLayout *self, const Place *place)
{
  return self->is_shown[place->field] && place->field != REUNION_FIELD_PERSON_KIND;
}

static void
make_note (DeskFormLayout *self, ReunionField field)
{
  GtkWidget *note = desk_message_row_new ();

  gtk_widget_add_css_class (note, "desk-note");
  self->notes[field] = DESK_MESSAGE_ROW (note);
}

static void
make_row (DeskFormLayout *self, DeskMnemonics *mnemonics, ReunionField field)
{
  self->rows[field] = desk_field_row_new (field, mnemonics);
  self->marks[field] = desk_audience_mark_new (field);
  desk_field_row_add_mark (self->rows[field], self->marks[field]);
  make_note (self, field);
  desk_field_row_set_description (self->rows[field], desk_audience_describe (field, NULL));
}

static void
make_rows (DeskFormLayout *self, DeskMnemonics *mnemonics, gboolean is_first)
{
  for (gsize i = 0; i < N_PLACES; i++)
    if (chooses_first (self, &places[i]) == is_first)
      make_row (self, mnemonics, places[i].field);
}

static void
make_group (DeskFormLayout *self, GtkBox *box, ReunionFieldGroup which)
{
  self->groups[which] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->folds[which] = ADW_EXPANDER_ROW (adw_expander_row_new ());
  g_object_set_data (G_OBJECT (self->folds[which]), RANK_KEY, GINT_TO_POINTER (G_MAXINT));
  adw_preferences_group_add (self->groups[which], GTK_WIDGET (self->folds[which]));
  gtk_box_append (box, GTK_WIDGET (self->groups[which]));
  name_group (self, which);
}

DeskFormLayout *
desk_form_layout_new (GtkBox *box, DeskPlaceFinder *finder)
{
  DeskFormLayout *self = g_new0 (DeskFormLayout, 1);
  g_autoptr (DeskMnemonics) mnemonics = desk_mnemonics_new (RESERVED_LETTERS);

  self->finder = finder;
  plan (self, REUNION_PERSON_KIND_CHILD);
  make_rows (self, mnemonics, TRUE);
  make_rows (self, mnemonics, FALSE);
  for (guint i = 0; i < N_GROUPS; i++)
    make_group (self, box, i);
  put_all (self);
  return self;
}

void
desk_form_layout_free (DeskFormLayout *self)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_clear_object (&self->rows[i]);
  g_free (self);
}

/* --- another person --------------------------------------------------------------- */

static DeskFieldRow *
find_focus (DeskFormLayout *self)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (self->rows[i] != NULL && desk_field_row_has_focus (self->rows[i]))
      return self->rows[i];
  return NULL;
}

static void
show_audience (DeskFormLayout *self, ReunionReport *report)
{
  desk_audience_mark_update (self->marks[REUNION_FIELD_MEDICAL], REUNION_FIELD_MEDICAL, report);
  desk_field_row_set_description (self->rows[REUNION_FIELD_MEDICAL],
                                  desk_audience_describe (REUNION_FIELD_MEDICAL, report));
}

/* The sentence stands where the kind is chosen; the checklist has it too. */
static void
show_age_fault (DeskFormLayout *self, ReunionReport *report, gint64 now_usec)
{
  g_autofree char *fault = reunion_person_kind_check_age (
      self->kind, reunion_report_get_age_years (
                      report, reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, now_usec)));

  /* Nobody else's sentence is wiped out. */
  if (fault != NULL || self->has_age_fault)
    desk_field_row_set_message (self->rows[REUNION_FIELD_PERSON_KIND], fault, "warning");
  self->has_age_fault = fault != NULL;
}

/* What somebody asked for, or what can't be read, does not go out of sight with a kind of
 * person that has no need of the field. */
static void
reveal_spoken_of (DeskFormLayout *self)
{
  for (gsize i = 0; i < N_PLACES; i++)
    {
      ReunionField field = places[i].field;

      if (gtk_widget_get_visible (GTK_WIDGET (self->notes[field]))
          || gtk_widget_has_css_class (desk_field_row_get_widget (self->rows[field]), "error"))
        desk_form_layout_reveal (self, field);
    }
}

void
desk_form_layout_adapt (DeskFormLayout *self, ReunionReport *report, gint64 now_usec)
{
  ReunionPersonKind kind;
  DeskFieldRow *focused;
  int caret;

  g_return_if_fail (self != NULL && REUNION_IS_REPORT (report));

  kind = reunion_person_kind_of (report);
  if (kind != self->kind)
    {
      focused = find_focus (self);
      caret = focused != NULL ? desk_field_row_get_caret (focused) : 0;
      plan (self, kind);
      put_all (self);
      name_rows (self);
      for (guint i = 0; i < N_GROUPS; i++)
        name_group (self, i);
      reveal_spoken_of (self);
      if (focused != NULL && !desk_field_row_has_focus (focused))
        {
          desk_form_layout_reveal (self, desk_field_row_get_field (focused));
          desk_field_row_grab_focus (focused);
          desk_field_row_set_caret (focused, caret);
        }
    }
  show_audience (self, report);
  show_age_fault (self, report, now_usec);
}

DeskFieldRow *
desk_form_layout_get_row (DeskFormLayout *self, ReunionField field)
{
  g_return_val_if_fail (self != NULL && field < REUNION_N_FIELDS, NULL);

  return self->rows[field];
}

const char *
desk_form_layout_get_label (DeskFormLayout *self, ReunionField field)
{
  g_return_val_if_fail (self != NULL && field < REUNION_N_FIELDS, "");

  return reunion_person_kind_get_field_label (self->kind, field);
}

DeskMessageRow *
desk_form_layout_get_note (DeskFormLayout *self, ReunionField field)
{
  g_return_val_if_fail (self != NULL && field < REUNION_N_FIELDS, NULL);

  return self->notes[field];
}

void
desk_form_layout_reveal (DeskFormLayout *self, ReunionField field)
{
  g_return_if_fail (self != NULL && field < REUNION_N_FIELDS);

  if (self->rows[field] != NULL && !self->is_shown[field])
    adw_expander_row_set_expanded (self->folds[find_place (field)->group], TRUE);
}

void
desk_form_layout_show_spoken (DeskFormLayout *self, ReunionField field)
{
  g_return_if_fail (self != NULL && field < REUNION_N_FIELDS && self->rows[field] != NULL);

  desk_widgets_scroll_to (GTK_WIDGET (self->notes[field]));
  desk_widgets_scroll_to (desk_field_row_get_message_widget (self->rows[field]));
  desk_widgets_scroll_to (desk_field_row_get_widget (self->rows[field]));
}

DeskFieldRow *
desk_form_layout_get_next (DeskFormLayout *self, ReunionField field)
{
  gboolean is_past = FALSE;

  g_return_val_if_fail (self != NULL && field < REUNION_N_FIELDS, NULL);

  for (gsize i = 0; i < N_PLACES; i++)
    {
      const Place *place = self->order[i];
      DeskFieldRow *row = self->rows[place->field];
      gboolean is_seen = gtk_widget_get_visible (desk_field_row_get_widget (row))
                         && (self->is_shown[place->field]
                             || adw_expander_row_get_expanded (self->folds[place->group]));

      if (is_past && is_seen)
        return row;
      is_past = is_past || place->field == field;
    }
  return NULL;
}

void
desk_form_layout_set_visible (DeskFormLayout *self, ReunionField field, gboolean is_visible)
{
  g_return_if_fail (self != NULL && field < REUNION_N_FIELDS);

  gtk_widget_set_visible (desk_field_row_get_widget (self->rows[field]), is_visible);
}

gsize
desk_form_layout_get_n_fields (void)
{
  return G_N_ELEMENTS (places);
}

ReunionField
desk_form_layout_get_field (gsize index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (places), REUNION_FIELD_NAME);

  return places[index].field;
}

char *
desk_form_layout_describe_view (DeskFormLayout *self)
{
  guint unfolded = 0;
  const char *key = "-";
  int caret = 0;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < N_GROUPS; i++)
    if (adw_expander_row_get_expanded (self->folds[i]))
      unfolded |= 1u << i;
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (self->rows[i] != NULL && desk_field_row_has_focus (self->rows[i]))
      {
        key = reunion_field_get_info (i)->key;
        caret = desk_field_row_get_caret (self->rows[i]);
      }
  return g_strdup_printf ("%u %s %d", unfolded, key, caret);
}

gboolean
desk_form_layout_restore_view (DeskFormLayout *self,
                               const char *view,
                               ReunionField *field,
                               int *caret)
{
  g_auto (GStrv) parts = NULL;
  guint64 unfolded = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  parts = g_strsplit (view != NULL ? view : "", " ", 3);
  if (g_strv_length (parts) == 3)
    unfolded = g_ascii_strtoull (parts[0], NULL, 10);
  for (guint i = 0; i < N_GROUPS; i++)
    adw_expander_row_set_expanded (self->folds[i], (unfolded & 1u << i) != 0);
  if (g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (self->rows[i] != NULL && g_strcmp0 (parts[1], reunion_field_get_info (i)->key) == 0)
      {
        *field = i;
        *caret = (int) CLAMP (g_ascii_strtoll (parts[2], NULL, 10), 0, G_MAXINT);
        return TRUE;
      }
  return FALSE;
}
