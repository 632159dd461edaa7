/* desk-form-layout.c: which entry of the form stands where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-form-layout.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  ReunionField field;
  ReunionFieldGroup group;
  gboolean is_folded;
} Place;

/* What the window's pages and the form's own buttons answer to: Choose Photo,
 * Submit, Discard. */
#define RESERVED_LETTERS "oud1234"

/* In the order of the conversation. */
static const Place places[] = {
  { REUNION_FIELD_NAME, REUNION_FIELD_GROUP_PERSON, FALSE },
  { REUNION_FIELD_SEX, REUNION_FIELD_GROUP_PERSON, FALSE },
  { REUNION_FIELD_AGE_YEARS, REUNION_FIELD_GROUP_PERSON, FALSE },
  { REUNION_FIELD_RESIDENT_ID, REUNION_FIELD_GROUP_PERSON, FALSE },
  { REUNION_FIELD_CLOTHING, REUNION_FIELD_GROUP_PERSON, FALSE },
  { REUNION_FIELD_MARKS, REUNION_FIELD_GROUP_PERSON, FALSE },
  { REUNION_FIELD_PERSON_KIND, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_OTHER_NAMES, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_BIRTH_DATE, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_HEIGHT_CM, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_WEIGHT_KG, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_BUILD, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_HAIR, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_FACE, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_SHOES, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_CARRIED, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_LANGUAGE, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_ETHNIC_GROUP, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_MEDICAL, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_MEDICAL_VITAL, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_MENTAL_STATE, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_HOME_ADDRESS, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_PHOTO_ABSENT_REASON, REUNION_FIELD_GROUP_PERSON, TRUE },
  { REUNION_FIELD_LAST_SEEN, REUNION_FIELD_GROUP_EVENT, FALSE },
  { REUNION_FIELD_PLACE, REUNION_FIELD_GROUP_EVENT, FALSE },
  { REUNION_FIELD_KIND, REUNION_FIELD_GROUP_EVENT, FALSE },
  { REUNION_FIELD_SECOND_LOOK, REUNION_FIELD_GROUP_EVENT, FALSE },
  { REUNION_FIELD_CIRCUMSTANCES, REUNION_FIELD_GROUP_EVENT, FALSE },
  { REUNION_FIELD_LAST_SEEN_EARLIEST, REUNION_FIELD_GROUP_EVENT, TRUE },
  { REUNION_FIELD_REGION, REUNION_FIELD_GROUP_EVENT, TRUE },
  { REUNION_FIELD_VEHICLE, REUNION_FIELD_GROUP_EVENT, TRUE },
  { REUNION_FIELD_COMPANION, REUNION_FIELD_GROUP_EVENT, TRUE },
  { REUNION_FIELD_CONSENT, REUNION_FIELD_GROUP_GUARDIAN, FALSE },
  { REUNION_FIELD_GUARDIAN_NAME, REUNION_FIELD_GROUP_GUARDIAN, FALSE },
  { REUNION_FIELD_GUARDIAN_PHONE, REUNION_FIELD_GROUP_GUARDIAN, FALSE },
  { REUNION_FIELD_GUARDIAN_RELATION, REUNION_FIELD_GROUP_GUARDIAN, TRUE },
  { REUNION_FIELD_CONSENT_OVERRIDE, REUNION_FIELD_GROUP_GUARDIAN, TRUE },
  { REUNION_FIELD_CONTACT_PHONE, REUNION_FIELD_GROUP_POLICE, FALSE },
  { REUNION_FIELD_CASE_NUMBER, REUNION_FIELD_GROUP_POLICE, TRUE },
  { REUNION_FIELD_INTERNAL_NOTES, REUNION_FIELD_GROUP_POLICE, TRUE },
};

typedef struct
{
  const char *title;
  const char *fold_title;
} Group;

static const Group groups[] = {
  [REUNION_FIELD_GROUP_PERSON] = { N_ ("Person"), N_ ("More About the Person") },
  [REUNION_FIELD_GROUP_EVENT] = { N_ ("Last Seen"), N_ ("More About the Loss") },
  [REUNION_FIELD_GROUP_GUARDIAN] = { N_ ("Guardian"), N_ ("More About the Guardian") },
  [REUNION_FIELD_GROUP_POLICE] = { N_ ("Police"), N_ ("Number and Notes") },
};

#define N_GROUPS (G_N_ELEMENTS (groups))

struct _DeskFormLayout
{
  DeskFieldRow *rows[REUNION_N_FIELDS];
  DeskMessageRow *notes[REUNION_N_FIELDS]; /* not owned */
  AdwExpanderRow *folds[N_GROUPS];
  const Place *where[REUNION_N_FIELDS];
};

static void
add_row (DeskFormLayout *self, AdwPreferencesGroup *group, const Place *place, GtkWidget *widget)
{
  if (place->is_folded)
    adw_expander_row_add_row (self->folds[place->group], widget);
  else
    adw_preferences_group_add (group, widget);
}

static GtkWidget *
make_note (DeskFormLayout *self, ReunionField field)
{
  GtkWidget *note = desk_message_row_new ();

  gtk_widget_add_css_class (note, "desk-note");
  self->notes[field] = DESK_MESSAGE_ROW (note);
  return note;
}

static void
add_field (DeskFormLayout *self,
           AdwPreferencesGroup *group,
           const Place *place,
           DeskPlaceFinder *finder)
{
  DeskFieldRow *row = self->rows[place->field];

  add_row (self, group, place, desk_field_row_get_widget (row));
  add_row (self, group, place, desk_field_row_get_message_widget (row));
  add_row (self, group, place, make_note (self, place->field));
  if (place->field == REUNION_FIELD_PLACE)
    {
      add_row (self, group, place, desk_place_finder_get_results_row (finder));
      add_row (self, group, place, desk_place_finder_get_point_row (finder));
    }
}

static void
make_rows (DeskFormLayout *self, DeskMnemonics *mnemonics, gboolean is_folded)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].is_folded == is_folded)
      {
        self->rows[places[i].field] = desk_field_row_new (places[i].field, mnemonics);
        self->where[places[i].field] = &places[i];
      }
}

static void
add_group (DeskFormLayout *self, GtkBox *box, ReunionFieldGroup which, DeskPlaceFinder *finder)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->folds[which] = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folds[which]),
                                 _ (groups[which].fold_title));
  adw_preferences_group_set_title (group, _ (groups[which].title));
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].group == which)
      add_field (self, group, &places[i], finder);
  adw_preferences_group_add (group, GTK_WIDGET (self->folds[which]));
  gtk_box_append (box, GTK_WIDGET (group));
}

DeskFormLayout *
desk_form_layout_new (GtkBox *box, DeskPlaceFinder *finder)
{
  DeskFormLayout *self = g_new0 (DeskFormLayout, 1);
  g_autoptr (DeskMnemonics) mnemonics = desk_mnemonics_new (RESERVED_LETTERS);

  /* What is always seen has the first choice of letters. */
  make_rows (self, mnemonics, FALSE);
  make_rows (self, mnemonics, TRUE);
  for (guint i = 0; i < N_GROUPS; i++)
    add_group (self, box, i, finder);
  return self;
}

void
desk_form_layout_free (DeskFormLayout *self)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_clear_object (&self->rows[i]);
  g_free (self);
}

DeskFieldRow *
desk_form_layout_get_row (DeskFormLayout *self, ReunionField field)
{
  g_return_val_if_fail (self != NULL && field < REUNION_N_FIELDS, NULL);

  return self->rows[field];
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

  if (self->where[field] != NULL && self->where[field]->is_folded)
    adw_expander_row_set_expanded (self->folds[self->where[field]->group], TRUE);
}

DeskFieldRow *
desk_form_layout_get_next (DeskFormLayout *self, ReunionField field)
{
  gboolean is_past = FALSE;

  g_return_val_if_fail (self != NULL && field < REUNION_N_FIELDS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gboolean is_seen
          = gtk_widget_get_visible (desk_field_row_get_widget (self->rows[places[i].field]))
            && (!places[i].is_folded
                || adw_expander_row_get_expanded (self->folds[places[i].group]));

      if (is_past && is_seen)
        return self->rows[places[i].field];
      is_past = is_past || places[i].field == field;
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
