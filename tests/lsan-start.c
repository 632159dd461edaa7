/* lsan-start.c: what libraries set up before the program starts is no leak of ours
 *
 * GLib makes its table of quarks when it is loaded, and leaves it behind on purpose
 * once there are more than 2048, since others may be reading it without a lock. The
 * leak has no caller in it that a suppression could name. For a build with sanitizers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sanitizer/lsan_interface.h>

static void
begin (void)
{
  __lsan_disable ();
}

/* Called before the constructors of the libraries, which those of the program follow. */
__attribute__ ((section (".preinit_array"), used)) static void (*const preinit) (void) = begin;

__attribute__ ((constructor)) static void
end (void)
{
  __lsan_enable ();
}
