/* central-notify.c: tells systemd how we fare
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-notify.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

gboolean
central_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gsize length;
  gboolean ok;
  int fd;

  g_return_val_if_fail (state != NULL, FALSE);

  length = path != NULL ? strlen (path) : 0;
  if (length < 2 || length >= sizeof address.sun_path || (*path != '/' && *path != '@'))
    return FALSE;
  memcpy (address.sun_path, path, length);
  /* The abstract namespace. */
  if (*path == '@')
    address.sun_path[0] = '\0';
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return FALSE;
  ok = sendto (fd, state, strlen (state), MSG_NOSIGNAL, (const struct sockaddr *) &address,
               (socklen_t) (G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + length))
       == (gssize) strlen (state);
  close (fd);
  return ok;
}

void
central_notify_ready (const char *status)
{
  g_autofree char *state = g_strdup_printf ("READY=1\nSTATUS=%s", status);

  central_notify (state);
}

void
central_notify_reloading (void)
{
  g_autofree char *state
      = g_strdup_printf ("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time ());

  central_notify (state);
}

void
central_notify_stopping (gint64 within_usec)
{
  g_autofree char *state = g_strdup_printf (
      "STOPPING=1\nSTATUS=Finishing what is under way\nEXTEND_TIMEOUT_USEC=%" G_GINT64_FORMAT,
      within_usec);

  central_notify (state);
}

guint
central_notify_get_watchdog_ms (void)
{
  const char *usec = g_getenv ("WATCHDOG_USEC");
  const char *pid = g_getenv ("WATCHDOG_PID");

  if (usec == NULL || (pid != NULL && g_ascii_strtoull (pid, NULL, 10) != (guint64) getpid ()))
    return 0;
  return (guint) MIN (g_ascii_strtoull (usec, NULL, 10) / 2000, 3600 * 1000);
}
