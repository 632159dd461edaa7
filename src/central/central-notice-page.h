/* central-notice-page.h: the page of a notice
 *
 * Who is missing, where to call, for how long and how far around people look, and how
 * to tell that the page is the police's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-page.h"
#include "reunion-case.h"

G_BEGIN_DECLS

/**
 * CentralNoticePage:
 * @notice: in the language of the page
 * @case_: redacted; its photos are shown
 * @host: name of the service, as it stands in the address
 * @is_encrypted: whether the public reaches the service by HTTPS
 * @now_usec: when the page is made
 * @changed_usec: when the public was last told something
 * @radius_km: of the circle in which people are told; 0 for none
 * @next_radius_km: to which it grows at @next_usec; 0 for never
 *
 * What stands on it. Borrowed.
 */
typedef struct
{
  const ReunionNotice *notice;
  ReunionCase *case_;
  const char *host;
  gboolean is_encrypted;
  gint64 now_usec;
  gint64 changed_usec;
  double radius_km;
  double next_radius_km;
  gint64 next_usec;
} CentralNoticePage;

/* The whole document. Transfer full. */
char *central_notice_page_to_html (const CentralNoticePage *self);

/* How the public calls the case: the beginning of its id, in capitals. Transfer full. */
char *central_notice_page_make_number (const char *id);

G_END_DECLS
