/* test-duplicate-bar.c: somebody may be reported already
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-duplicate-bar.h"
#include "desk-duplicate-view.h"
#include "desk-report-form.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include <adwaita.h>

#define OTHER_ID "3f2504e0-4f89-41d3-9a0c-0305e82c3301"

typedef struct
{
  DeskTest *desk;
  GtkWidget *window;
  DeskReportForm *form;
  guint n_submitted;
  guint n_shown;
} Fixture;

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) model = store_test_make_case ();
  g_autoptr (ReunionCase) other = reunion_case_new (OTHER_ID);
  g_autoptr (GError) error = NULL;

  fixture->desk = desk_test_new ();
  reunion_case_set_report (other, reunion_case_get_report (model));
  reunion_report_set_text (reunion_case_get_report (other), REUNION_FIELD_RESIDENT_ID,
                           DESK_TEST_BOY_ID);
  reunion_station_store_save_case (desk_session_get_store (fixture->desk->session), other, &error);
  g_assert_no_error (error);
  fixture->form = g_object_new (DESK_TYPE_REPORT_FORM, NULL);
  desk_report_form_set_session (fixture->form, fixture->desk->session);
  g_signal_connect_swapped (fixture->form, "submitted", G_CALLBACK (count_cb),
                            &fixture->n_submitted);
  g_signal_connect_swapped (desk_report_form_get_duplicate_bar (fixture->form), "show-beside",
                            G_CALLBACK (count_cb), &fixture->n_shown);
  fixture->window = desk_test_show (GTK_WIDGET (fixture->form));
  desk_report_form_open (fixture->form, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
  desk_test_free (fixture->desk);
}

static gboolean
is_seen (Fixture *fixture)
{
  return gtk_widget_get_mapped (GTK_WIDGET (desk_report_form_get_duplicate_bar (fixture->form)));
}

static void
type_number (Fixture *fixture, const char *number)
{
  GtkWidget *row = desk_test_find (GTK_WIDGET (fixture->form), ADW_TYPE_PREFERENCES_ROW,
                                   reunion_field_get_label (REUNION_FIELD_RESIDENT_ID));

  g_assert_nonnull (row);
  desk_test_type (row, number);
}

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = desk_test_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* As soon as it is true, while it is typed, and no longer than it is. */
static void
test_while_typing (Fixture *fixture, gconstpointer data)
{
  g_assert_false (is_seen (fixture));
  type_number (fixture, DESK_TEST_BOY_ID);
  sync_test_wait (is_seen (fixture));
  g_assert_true (desk_test_sees (fixture->window, "This ID number is in an open case already"));
  g_assert_true (desk_test_sees (fixture->window, "王小明"));
  type_number (fixture, DESK_TEST_GIRL_ID);
  sync_test_wait (!is_seen (fixture));
}

static void
test_told_apart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) own = NULL;

  type_number (fixture, DESK_TEST_BOY_ID);
  sync_test_wait (is_seen (fixture));
  own = g_object_ref (desk_report_form_get_case (fixture->form));
  press (fixture->window, "Not the Same");
  g_assert_false (is_seen (fixture));
  /* The draft comes back, and nobody asks again. */
  g_assert_true (desk_report_form_close (fixture->form));
  desk_report_form_open (fixture->form, own);
  g_assert_false (is_seen (fixture));
  g_assert_cmpstr (
      reunion_report_get_text (reunion_case_get_report (desk_report_form_get_case (fixture->form)),
                               REUNION_FIELD_RESIDENT_ID),
      ==, DESK_TEST_BOY_ID);
  /* Another report is another pair. */
  desk_report_form_open (fixture->form, NULL);
  type_number (fixture, DESK_TEST_BOY_ID);
  sync_test_wait (is_seen (fixture));
}

static void
test_closed_form (Fixture *fixture, gconstpointer data)
{
  type_number (fixture, DESK_TEST_BOY_ID);
  sync_test_wait (is_seen (fixture));
  press (fixture->window, "Show Beside");
  g_assert_cmpuint (fixture->n_shown, ==, 1);
  g_assert_true (desk_report_form_close (fixture->form));
  g_assert_false (is_seen (fixture));
  g_assert_null (
      desk_duplicate_bar_get_duplicate (desk_report_form_get_duplicate_bar (fixture->form)));
}

/* What differs is said in words. */
static void
test_beside (Fixture *fixture, gconstpointer data)
{
  DeskDuplicateView *view = g_object_new (DESK_TYPE_DUPLICATE_VIEW, NULL);
  GtkWidget *window = desk_test_show (GTK_WIDGET (view));
  g_autoptr (ReunionCase) own = store_test_make_case ();
  g_autoptr (ReunionCase) other = store_test_make_case ();
  guint n_not_same = 0;

  g_signal_connect_swapped (view, "not-same", G_CALLBACK (count_cb), &n_not_same);
  reunion_report_set_text (reunion_case_get_report (own), REUNION_FIELD_CLOTHING, "Red jacket");
  reunion_report_set_text (reunion_case_get_report (own), REUNION_FIELD_NAME, "王 小明");
  desk_duplicate_view_set_cases (view, fixture->desk->session, own, other);
  g_assert_true (desk_test_sees (window, "Blue jacket"));
  g_assert_true (desk_test_sees (window, "In this report: Red jacket"));
  g_assert_false (desk_test_sees (window, "In this report: 王 小明"));
  press (window, "Not the Same: Go On");
  g_assert_cmpuint (n_not_same, ==, 1);
  desk_test_close (window);
}

#define ADD(name, func) g_test_add ("/duplicate-bar/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("while-typing", test_while_typing);
  ADD ("told-apart", test_told_apart);
  ADD ("closed-form", test_closed_form);
  ADD ("beside", test_beside);
  return g_test_run ();
}
