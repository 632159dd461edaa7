/* test-looks.c: the form, the notice and the poster at 1366 x 768, photographed
 *
 * In the language of the environment and the colours that the first argument
 * names. Nothing is cut off and nothing overlaps, in the whole of each form; what
 * else a picture shows has to be looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-credentials.h"
#include "desk-photo-strip.h"
#include "desk-report-form.h"
#include "desk-test-looks.h"
#include "desk-test-utils.h"
#include "desk-window-actions.h"
#include "desk-window-private.h"
#include "test-helpers.h"

#include "reunion-poster.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#define WIDTH_PX 1366
#define HEIGHT_PX 768

#define FOLDER_ENV "REUNION_PICTURES"

static const char *folder;
static const char *scheme = "light";
static const char *language;
static AdwApplication *application; /* one process is one */

typedef struct
{
  DeskTest *desk;
  GtkWidget *window;
  GtkWidget *form;
} Fixture;

static char *
find_source (const char *name)
{
  return g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), name, NULL);
}

static DeskSession *
open_session (DeskTest *desk)
{
  g_autofree char *base_map = find_source ("data/basemap/basemap.sqlite");

  return desk_session_new (desk->base->store, desk->sync, base_map);
}

/* What is asked for holds the frame around the window, which fills the screen of
 * a station's PC without one. */
static void
show_window (GtkWidget *window)
{
  gtk_window_unmaximize (GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, HEIGHT_PX);
  gtk_window_present (GTK_WINDOW (window));
  sync_test_wait (gtk_widget_get_width (window) > 0);
  gtk_window_set_default_size (GTK_WINDOW (window), 2 * WIDTH_PX - gtk_widget_get_width (window),
                               2 * HEIGHT_PX - gtk_widget_get_height (window));
  sync_test_wait (gtk_widget_get_width (window) == WIDTH_PX);
}

static void
start_application (void)
{
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "org.reunion.Station",
                              "resource-base-path", "/org/reunion/Station", NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  DeskSession *plain;

  fixture->desk = desk_test_new ();
  plain = fixture->desk->session;
  g_object_run_dispose (G_OBJECT (plain));
  g_object_unref (plain);
  fixture->desk->session = open_session (fixture->desk);
  desk_session_sign_in (fixture->desk->session, "zhang", "secret");
  sync_test_wait (desk_session_get_is_admitted (fixture->desk->session));
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (scheme, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                   : ADW_COLOR_SCHEME_FORCE_LIGHT);
  fixture->window = GTK_WIDGET (desk_window_new (application, fixture->desk->session));
  desk_window_actions_add (DESK_WINDOW (fixture->window));
  show_window (fixture->window);
  gtk_widget_activate_action (fixture->window, "win.new-report", NULL);
  fixture->form = desk_test_find (fixture->window, DESK_TYPE_REPORT_FORM, NULL);
  sync_test_wait (desk_report_form_get_case (DESK_REPORT_FORM (fixture->form)) != NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
  desk_test_free (fixture->desk);
}

/* --- entering --------------------------------------------------------------------- */

static ReunionReport *
get_report (Fixture *fixture)
{
  return reunion_case_get_report (desk_report_form_get_case (DESK_REPORT_FORM (fixture->form)));
}

static GtkWidget *
get_row (Fixture *fixture, ReunionField field)
{
  const char *label = reunion_field_get_label (field);
  GtkWidget *row = desk_test_find (fixture->form, ADW_TYPE_PREFERENCES_ROW, label);

  if (row == NULL)
    row = gtk_widget_get_ancestor (desk_test_find (fixture->form, GTK_TYPE_LABEL, label),
                                   ADW_TYPE_PREFERENCES_ROW);
  g_assert_nonnull (row);
  return row;
}

static void
choose (Fixture *fixture, ReunionField field, const char *key)
{
  GtkWidget *button = desk_test_find (get_row (fixture, field), GTK_TYPE_TOGGLE_BUTTON,
                                      reunion_field_get_choice_label (field, key));

  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
add_photo (Fixture *fixture, const char *name)
{
  g_autofree char *path = find_source (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ReunionCase *case_ = desk_report_form_get_case (DESK_REPORT_FORM (fixture->form));
  guint n_before = reunion_case_get_n_photos (case_);

  desk_photo_strip_add_file (
      DESK_PHOTO_STRIP (desk_test_find (fixture->form, DESK_TYPE_PHOTO_STRIP, NULL)), file);
  sync_test_wait (reunion_case_get_n_photos (case_) > n_before);
}

/* What an officer has after the first minute. */
static void
enter_half (Fixture *fixture)
{
  desk_test_type (get_row (fixture, REUNION_FIELD_NAME), "织小军");
  choose (fixture, REUNION_FIELD_SEX, "male");
  desk_test_type (get_row (fixture, REUNION_FIELD_RESIDENT_ID), DESK_TEST_BAD_ID);
  desk_test_type (get_row (fixture, REUNION_FIELD_LAST_SEEN), "-100m");
  sync_test_wait (reunion_report_has (get_report (fixture), REUNION_FIELD_LAST_SEEN));
}

static void
enter_rest (Fixture *fixture)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  add_photo (fixture, "data/sample/portraits/zhijin-boy.jpg");
  add_photo (fixture, "data/sample/portraits/zhijin-boy-2.jpg");
  desk_test_type (get_row (fixture, REUNION_FIELD_RESIDENT_ID), "");
  desk_test_type (get_row (fixture, REUNION_FIELD_AGE_YEARS), "13");
  desk_test_type (get_row (fixture, REUNION_FIELD_CLOTHING), "蓝色校服上衣，黑色长裤");
  desk_test_type (get_row (fixture, REUNION_FIELD_MARKS), "左手背有烫伤疤痕");
  desk_test_type (get_row (fixture, REUNION_FIELD_PLACE), "织金县城关镇");
  desk_test_type (get_row (fixture, REUNION_FIELD_CIRCUMSTANCES),
                  "放学后未回家，同学说他往汽车站方向走了。");
  desk_test_type (get_row (fixture, REUNION_FIELD_CONTACT_PHONE), "0857-7621110");
  gtk_switch_set_active (
      GTK_SWITCH (desk_test_find (get_row (fixture, REUNION_FIELD_CONSENT), GTK_TYPE_SWITCH, NULL)),
      TRUE);
  desk_report_form_set_point (DESK_REPORT_FORM (fixture->form), (ReunionPoint){ 26.668, 105.7723 });
  sync_test_wait (reunion_report_get_int (get_report (fixture), REUNION_FIELD_AGE_YEARS, 0) == 13);
}

/* --- looking ------------------------------------------------------------------------ */

/* The map paints in threads, what was typed is read after a pause. */
static void
settle (void)
{
  gint64 end_usec = g_get_monotonic_time () + 1000 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end_usec)
    sync_test_iterate ();
}

static char *
make_path (const char *name)
{
  return g_strdup_printf ("%s/looks-%s-%s-%s.png", folder, language, scheme, name);
}

static void
look (Fixture *fixture, const char *name)
{
  g_autofree char *path = make_path (name);
  g_autofree char *faults = NULL;

  settle ();
  test_expect_int ("width", WIDTH_PX, gtk_widget_get_width (fixture->window));
  test_expect_int ("height", HEIGHT_PX, gtk_widget_get_height (fixture->window));
  desk_test_save_picture (fixture->window, path);
  faults = desk_test_find_faults (fixture->window);
  if (faults != NULL)
    test_fail ("%s: expected nothing cut off or written over, found:\n%s", path, faults);
}

/* The whole form, a screen at a time. */
static void
look_through (Fixture *fixture, const char *name)
{
  GtkWidget *scrolled = desk_test_find (fixture->form, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *position = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  double page = gtk_adjustment_get_page_size (position);
  guint n = 1;

  for (double top = 0.0;; top += page * 0.9)
    {
      g_autofree char *numbered = g_strdup_printf ("%s-%u", name, n++);

      gtk_adjustment_set_value (position, top);
      look (fixture, numbered);
      if (top + page >= gtk_adjustment_get_upper (position))
        break;
    }
  gtk_adjustment_set_value (position, 0.0);
}

static void
unfold_all (GtkWidget *root)
{
  if (GTK_IS_EXPANDER (root))
    gtk_expander_set_expanded (GTK_EXPANDER (root), TRUE);
  if (ADW_IS_EXPANDER_ROW (root))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    unfold_all (child);
}

static void
show_draft_page (Fixture *fixture, const char *title)
{
  GtkWidget *cases = desk_test_find (fixture->window, DESK_TYPE_CASES_PAGE, NULL);
  GtkWidget *button = NULL;

  for (GtkWidget *label = desk_test_find (cases, GTK_TYPE_LABEL, title); label != NULL;
       label = gtk_widget_get_parent (label))
    if (GTK_IS_TOGGLE_BUTTON (label))
      button = label;
  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
make_poster (Fixture *fixture, ReunionPosterLanguages languages, const char *name)
{
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_path (name);
  ReunionCase *case_ = desk_report_form_get_case (DESK_REPORT_FORM (fixture->form));
  g_autofree char *url
      = reunion_poster_make_url ("https://reunion.example", reunion_case_get_id (case_));
  g_autoptr (ReunionPoster) poster = NULL;
  g_autoptr (GBytes) png = NULL;

  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    g_ptr_array_add (photos,
                     reunion_station_store_get_photo (
                         fixture->desk->base->store,
                         reunion_photo_get_sha256 (reunion_case_get_photo (case_, i)), NULL));
  poster = reunion_poster_new (case_, photos, url, languages,
                               desk_session_get_now_usec (fixture->desk->session), zone);
  png = reunion_poster_to_png (poster, &error);
  g_assert_no_error (error);
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL));
}

static void
test_form (Fixture *fixture, gconstpointer data)
{
  look (fixture, "empty");
  unfold_all (fixture->form);
  look_through (fixture, "unfolded");
  enter_half (fixture);
  look (fixture, "half");
  enter_rest (fixture);
  look_through (fixture, "ready");
  show_draft_page (fixture, _("Public Notice"));
  look (fixture, "notice");
  make_poster (fixture, REUNION_POSTER_LANGUAGES_ZH, "poster-zh");
  make_poster (fixture, REUNION_POSTER_LANGUAGES_ZH_EN, "poster-zh-en");
}

/* --- a report that others have had in hand ------------------------------------------ */

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = desk_test_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* As the service tells of it, an hour and a half after the loss. */
static void
feed (Fixture *fixture, ReunionCase *case_, ReunionCaseState state)
{
  ReunionStationStore *store = fixture->desk->base->store;

  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN,
                          desk_session_get_now_usec (fixture->desk->session)
                              - 100 * 60 * REUNION_SECOND_USEC);
  reunion_case_set_state (case_, state);
  reunion_case_set_revision (case_, 2);
  store_test_feed_case (store, reunion_station_store_get_cursor (store) + 1, case_);
  sync_test_wait (desk_session_find_case (fixture->desk->session, reunion_case_get_id (case_))
                  != NULL);
}

static void
test_returned (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();

  reunion_case_set_review_reason (case_, "两处需要补充，请尽快重新提交。");
  reunion_case_set_field_reason (case_, REUNION_FIELD_CLOTHING, "什么颜色的鞋子？");
  reunion_case_set_field_reason (case_, REUNION_FIELD_HEIGHT_CM, "How tall is he?");
  reunion_case_set_field_reason (case_, REUNION_FIELD_LONGITUDE, "The point lies in the river.");
  reunion_case_set_field_reason (case_, REUNION_FIELD_PHOTO_ABSENT_REASON, "没有照片吗？");
  feed (fixture, case_, REUNION_CASE_STATE_RETURNED);
  g_assert_true (desk_report_form_open (DESK_REPORT_FORM (fixture->form), case_));
  look (fixture, "returned");
  look_through (fixture, "returned");
}

static void
test_amending (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();

  feed (fixture, case_, REUNION_CASE_STATE_PUBLISHED);
  gtk_widget_activate_action (fixture->window, "win.amend-case", "s", reunion_case_get_id (case_));
  look (fixture, "amending");
  desk_test_type (get_row (fixture, REUNION_FIELD_CLOTHING), "红色外套，蓝色牛仔裤，白色运动鞋");
  desk_test_type (get_row (fixture, REUNION_FIELD_MARKS), "左手背有烫伤疤痕");
  desk_test_type (get_row (fixture, REUNION_FIELD_AGE_YEARS), "12");
  sync_test_wait (reunion_report_get_int (get_report (fixture), REUNION_FIELD_AGE_YEARS, 0) == 12);
  look (fixture, "amended");
}

static void
test_duplicate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();

  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_RESIDENT_ID,
                           DESK_TEST_CHILD_ID);
  feed (fixture, case_, REUNION_CASE_STATE_PUBLISHED);
  desk_test_type (get_row (fixture, REUNION_FIELD_NAME), "王晓明");
  desk_test_type (get_row (fixture, REUNION_FIELD_RESIDENT_ID), DESK_TEST_CHILD_ID);
  sync_test_wait (reunion_report_has (get_report (fixture), REUNION_FIELD_RESIDENT_ID));
  desk_test_type (get_row (fixture, REUNION_FIELD_CLOTHING), "红色外套");
  look (fixture, "duplicate");
  press (fixture->form, _("Show Beside"));
  look (fixture, "beside");
}

/* --- another person, and what completes --------------------------------------------- */

static void
test_dementia (Fixture *fixture, gconstpointer data)
{
  GtkWidget *kind = get_row (fixture, REUNION_FIELD_PERSON_KIND);

  enter_half (fixture);
  enter_rest (fixture);
  adw_combo_row_set_selected (ADW_COMBO_ROW (kind), 3);
  sync_test_wait (
      g_strcmp0 (reunion_report_get_text (get_report (fixture), REUNION_FIELD_PERSON_KIND),
                 "dementia")
      == 0);
  look (fixture, "dementia-too-young");
  desk_test_type (get_row (fixture, REUNION_FIELD_AGE_YEARS), "78");
  desk_test_type (get_row (fixture, REUNION_FIELD_MEDICAL), "高血压，每日服药");
  gtk_switch_set_active (GTK_SWITCH (desk_test_find (get_row (fixture, REUNION_FIELD_MEDICAL_VITAL),
                                                     GTK_TYPE_SWITCH, NULL)),
                         TRUE);
  sync_test_wait (reunion_report_get_flag (get_report (fixture), REUNION_FIELD_MEDICAL_VITAL));
  look_through (fixture, "dementia");
  show_draft_page (fixture, _("Public Notice"));
  look (fixture, "dementia-notice");
  press (fixture->window, "English");
  look (fixture, "dementia-notice-en");
  make_poster (fixture, REUNION_POSTER_LANGUAGES_ZH_EN, "dementia-poster");
}

static void
test_suggestions (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = get_row (fixture, REUNION_FIELD_CLOTHING);
  g_autofree char *faults = NULL;
  GtkWidget *popover = NULL;

  settle ();
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), g_str_equal (language, "zh") ? "蓝" : "bl");
  gtk_editable_set_position (GTK_EDITABLE (row), -1);
  sync_test_wait ((popover = desk_test_find_popover (row)) != NULL);
  look (fixture, "suggestions");
  faults = desk_test_find_faults (popover);
  if (faults != NULL)
    test_fail ("expected nothing cut off in the suggestions, found:\n%s", faults);
}

/* --- what the check itself sees ----------------------------------------------------- */

static void
expect_fault (GtkWidget *child, const char *part)
{
  GtkWidget *window = gtk_window_new ();
  g_autofree char *faults = NULL;

  gtk_window_set_default_size (GTK_WINDOW (window), 300, 100);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  sync_test_wait (gtk_widget_get_mapped (child) && gtk_widget_get_width (child) > 0);
  sync_test_iterate_for_a_while ();
  faults = desk_test_find_faults (window);
  if ((faults == NULL) != (part == NULL) || (part != NULL && strstr (faults, part) == NULL))
    test_fail ("expected a fault with “%s”, found: %s", part, faults);
  desk_test_close (window);
}

static void
test_check (void)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *shortened = gtk_label_new ("A sentence that is much longer than the window is wide");
  GtkWidget *fixed = gtk_fixed_new ();

  expect_fault (gtk_label_new ("A short one"), NULL);
  gtk_label_set_ellipsize (GTK_LABEL (shortened), PANGO_ELLIPSIZE_END);
  expect_fault (shortened, "shortened");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), gtk_label_new ("Below"));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), gtk_label_new ("Above"));
  expect_fault (overlay, "overlap");
  gtk_fixed_put (GTK_FIXED (fixed), gtk_label_new ("Half outside"), -20, 0);
  gtk_widget_set_overflow (fixed, GTK_OVERFLOW_HIDDEN);
  expect_fault (fixed, "cut off");
}

int
main (int argc, char *argv[])
{
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("REUNION_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_init (&argc, &argv, NULL);
  folder = g_getenv (FOLDER_ENV);
  if (folder == NULL)
    g_error ("%s: expected the folder for the pictures", FOLDER_ENV);
  g_mkdir_with_parents (folder, 0755);
  if (argc > 1)
    scheme = argv[1];
  language = g_strcmp0 (g_getenv ("LANGUAGE"), "zh_CN") == 0 ? "zh" : "en";
  gtk_init ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  start_application ();
  if (g_str_equal (language, "zh"))
    g_assert_cmpstr (_("Public Notice"), !=, "Public Notice");
  g_test_add_func ("/looks/check", test_check);
  g_test_add ("/looks/form", Fixture, NULL, set_up, test_form, tear_down);
  g_test_add ("/looks/returned", Fixture, NULL, set_up, test_returned, tear_down);
  g_test_add ("/looks/amending", Fixture, NULL, set_up, test_amending, tear_down);
  g_test_add ("/looks/duplicate", Fixture, NULL, set_up, test_duplicate, tear_down);
  g_test_add ("/looks/dementia", Fixture, NULL, set_up, test_dementia, tear_down);
  g_test_add ("/looks/suggestions", Fixture, NULL, set_up, test_suggestions, tear_down);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
