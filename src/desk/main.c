/* main.c: reunion-station
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-application.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

/* Environment variable with a folder of translations to use in place of the
 * installed ones. */
#define LOCALEDIR_ENV "REUNION_LOCALEDIR"

int
main (int argc, char *argv[])
{
  const char *localedir = g_getenv (LOCALEDIR_ENV);
  g_autoptr (DeskApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = desk_application_new ();
  return desk_application_run (application, argc, argv);
}
