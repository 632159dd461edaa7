/* test-checklist.c: the publishing standard, item by item
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-checklist.h"
#include "desk-test-utils.h"
#include "reunion-standard.h"
#include "test-helpers.h"

#include <adwaita.h>

/* What is missing when one thing is taken away, and where a click leads. */
typedef struct
{
  ReunionStandardItem item;
  ReunionField removed;
  ReunionField led_to;
} Lack;

static const Lack lacks[] = {
  { REUNION_STANDARD_NAME, REUNION_FIELD_NAME, REUNION_FIELD_NAME },
  { REUNION_STANDARD_SEX, REUNION_FIELD_SEX, REUNION_FIELD_SEX },
  { REUNION_STANDARD_AGE, REUNION_FIELD_AGE_YEARS, REUNION_FIELD_AGE_YEARS },
  { REUNION_STANDARD_PHOTO, REUNION_FIELD_PHOTO_ABSENT_REASON, REUNION_FIELD_PHOTO_ABSENT_REASON },
  { REUNION_STANDARD_TIME, REUNION_FIELD_LAST_SEEN, REUNION_FIELD_LAST_SEEN },
  { REUNION_STANDARD_PLACE, REUNION_FIELD_PLACE, REUNION_FIELD_PLACE },
  { REUNION_STANDARD_PLACE, REUNION_FIELD_LATITUDE, REUNION_FIELD_PLACE },
  { REUNION_STANDARD_APPEARANCE, REUNION_FIELD_CLOTHING, REUNION_FIELD_CLOTHING },
  { REUNION_STANDARD_CIRCUMSTANCES, REUNION_FIELD_CIRCUMSTANCES, REUNION_FIELD_CIRCUMSTANCES },
  { REUNION_STANDARD_CONTACT, REUNION_FIELD_CONTACT_PHONE, REUNION_FIELD_CONTACT_PHONE },
  { REUNION_STANDARD_CONSENT, REUNION_FIELD_CONSENT, REUNION_FIELD_CONSENT },
};

typedef struct
{
  GtkWidget *window;
  DeskChecklist *checklist;
  int led_to;
} Fixture;

static void
go_to_cb (Fixture *fixture, int field)
{
  fixture->led_to = field;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->checklist = g_object_new (DESK_TYPE_CHECKLIST, NULL);
  fixture->led_to = -1;
  g_signal_connect_swapped (fixture->checklist, "go-to", G_CALLBACK (go_to_cb), fixture);
  fixture->window = desk_test_show (GTK_WIDGET (fixture->checklist));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
}

static GtkWidget *
get_row (Fixture *fixture, ReunionStandardItem item)
{
  GtkWidget *row = desk_test_find (GTK_WIDGET (fixture->checklist), ADW_TYPE_ACTION_ROW,
                                   reunion_standard_item_get_label (item));

  g_assert_nonnull (row);
  return row;
}

/* As a click does. */
static int
follow (Fixture *fixture, ReunionStandardItem item)
{
  GtkWidget *row = get_row (fixture, item);

  fixture->led_to = -1;
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  return fixture->led_to;
}

static const char *
get_subtitle (Fixture *fixture, ReunionStandardItem item)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (get_row (fixture, item)));
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();

  test_expect_int ("short", 0, desk_checklist_update (fixture->checklist, case_, STORE_TEST_NOW));
  g_assert_true (desk_test_sees (fixture->window, "Everything that a notice needs"));
  for (guint i = 0; i < REUNION_N_STANDARD_ITEMS; i++)
    test_expect_string (reunion_standard_item_get_label (i), "", get_subtitle (fixture, i));
}

/* What is done can be gone to as well, to see it again. */
static void
test_whole_leads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();

  desk_checklist_update (fixture->checklist, case_, STORE_TEST_NOW);
  for (gsize i = 0; i < G_N_ELEMENTS (lacks); i++)
    test_expect_int (reunion_standard_item_get_label (lacks[i].item), (int) lacks[i].led_to,
                     follow (fixture, lacks[i].item));
}

static void
test_lacks (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lacks); i++)
    {
      const Lack *lack = &lacks[i];
      const char *label = reunion_standard_item_get_label (lack->item);
      g_autoptr (ReunionCase) case_ = store_test_make_case ();

      reunion_report_unset (reunion_case_get_report (case_), lack->removed);
      test_expect_int (label, 1, desk_checklist_update (fixture->checklist, case_, STORE_TEST_NOW));
      g_assert_true (desk_test_sees (fixture->window, "1 thing is still missing."));
      if (!g_str_has_suffix (get_subtitle (fixture, lack->item), "."))
        test_fail ("%s: expected a sentence, came “%s”", label, get_subtitle (fixture, lack->item));
      test_expect_int (label, (int) lack->led_to, follow (fixture, lack->item));
    }
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new ("empty");

  test_expect_int ("short", 10, desk_checklist_update (fixture->checklist, case_, STORE_TEST_NOW));
  g_assert_true (desk_test_sees (fixture->window, "10 things are still missing."));
}

/* These two are shown only where they concern the case. */
static void
test_rare (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  ReunionReport *report = reunion_case_get_report (case_);
  GtkWidget *second_look = get_row (fixture, REUNION_STANDARD_SECOND_LOOK);
  GtkWidget *values = get_row (fixture, REUNION_STANDARD_VALUES);

  desk_checklist_update (fixture->checklist, case_, STORE_TEST_NOW);
  g_assert_false (gtk_widget_get_visible (second_look));
  g_assert_false (gtk_widget_get_visible (values));

  reunion_report_set_text (report, REUNION_FIELD_KIND, "family_dispute");
  reunion_report_set_int (report, REUNION_FIELD_HEIGHT_CM, 100000);
  test_expect_int ("short", 2, desk_checklist_update (fixture->checklist, case_, STORE_TEST_NOW));
  g_assert_true (gtk_widget_get_visible (second_look));
  g_assert_true (gtk_widget_get_visible (values));
  test_expect_int ("second look", REUNION_FIELD_SECOND_LOOK,
                   follow (fixture, REUNION_STANDARD_SECOND_LOOK));
  test_expect_int ("values", REUNION_FIELD_HEIGHT_CM, follow (fixture, REUNION_STANDARD_VALUES));

  reunion_report_set_int (report, REUNION_FIELD_SECOND_LOOK, 1);
  reunion_report_unset (report, REUNION_FIELD_HEIGHT_CM);
  test_expect_int ("short", 0, desk_checklist_update (fixture->checklist, case_, STORE_TEST_NOW));
  g_assert_false (gtk_widget_get_visible (second_look));
  g_assert_false (gtk_widget_get_visible (values));
}

/* The clock alone can make a report fall short, and whole again. */
static void
test_clock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  const gint64 day_before_usec = STORE_TEST_NOW - REUNION_DAY_USEC;

  test_expect_int ("short", 1, desk_checklist_update (fixture->checklist, case_, day_before_usec));
  g_assert_nonnull (strstr (get_subtitle (fixture, REUNION_STANDARD_TIME), "still to come"));
  test_expect_int ("short", 0, desk_checklist_update (fixture->checklist, case_, STORE_TEST_NOW));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/checklist/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/checklist/whole-leads", Fixture, NULL, set_up, test_whole_leads, tear_down);
  g_test_add ("/checklist/lacks", Fixture, NULL, set_up, test_lacks, tear_down);
  g_test_add ("/checklist/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/checklist/rare", Fixture, NULL, set_up, test_rare, tear_down);
  g_test_add ("/checklist/clock", Fixture, NULL, set_up, test_clock, tear_down);
  return g_test_run ();
}
