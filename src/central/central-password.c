/* central-password.c: a password that is asked for, and never an argument
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-password.h"

#include <gio/gio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define SHORTEST 8
#define LONGEST 200

static void
wipe (char *password)
{
  if (password == NULL)
    return;
  sodium_memzero (password, strlen (password));
  g_free (password);
}

/* One line without its end. */
static char *
read_line (FILE *from)
{
  char line[LONGEST + 2];
  char *password;

  if (fgets (line, sizeof line, from) == NULL)
    return NULL;
  line[strcspn (line, "\r\n")] = '\0';
  password = g_strdup (line);
  sodium_memzero (line, sizeof line);
  return password;
}

static char *
ask (FILE *terminal, const char *question)
{
  struct termios shown, hidden;
  char *password;

  if (tcgetattr (fileno (terminal), &shown) != 0)
    return NULL;
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (fileno (terminal), TCSAFLUSH, &hidden);
  fputs (question, terminal);
  fflush (terminal);
  password = read_line (terminal);
  tcsetattr (fileno (terminal), TCSAFLUSH, &shown);
  fputs ("\n", terminal);
  return password;
}

static char *
ask_twice (const char *account, GError **error)
{
  g_autofree char *question = g_strdup_printf ("Password of %s: ", account);
  FILE *terminal = fopen ("/dev/tty", "r+e");
  char *first, *second;

  if (terminal == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "There is no terminal to ask for the password. Give it on the standard "
                           "input with --password-stdin.");
      return NULL;
    }
  first = ask (terminal, question);
  second = ask (terminal, "The same once more: ");
  fclose (terminal);
  if (first != NULL && g_strcmp0 (first, second) == 0)
    {
      wipe (second);
      return first;
    }
  wipe (first);
  wipe (second);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "The two passwords are not the same. Try again.");
  return NULL;
}

char *
central_password_read (const char *account, gboolean from_stdin, GError **error)
{
  char *password = from_stdin ? read_line (stdin) : ask_twice (account, error);

  if (password == NULL && !from_stdin)
    return NULL;
  if (password != NULL && strlen (password) >= SHORTEST && strlen (password) <= LONGEST)
    return password;
  wipe (password);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The password must have from %d to %d bytes.",
               SHORTEST, LONGEST);
  return NULL;
}
