/* central-tip-desk.h: where the public hands in what it saw
 *
 * The form, its script, its sending and the thanks. A tip is stored before it is
 * thanked for; one that is sent twice is one. Whatever is wrong, the form comes back
 * with all that was typed, and says what to do. After the search has ended nothing is
 * taken any more: what is known of the person goes, and a tip that nobody reads would
 * only seem to help; the page names whom to call.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* GET and HEAD /alerts/:/tips. */
void central_tip_desk_handle_form (CentralRequest *request);
/* GET and HEAD /alerts/:/tips.js. */
void central_tip_desk_handle_script (CentralRequest *request);
/* POST /alerts/:/tips: leads to the thanks (303). Refused are what is not right (422),
 * what comes too often (429), what is no form (400), and what is too late (410). */
void central_tip_desk_handle_post (CentralRequest *request);
/* GET and HEAD /alerts/:/tips/NUMBER. */
void central_tip_desk_handle_thanks (CentralRequest *request);

/* Answers a form that is longer than the service reads, with a page (413). */
void central_tip_desk_refuse_length (SoupServerMessage *message, GHashTable *query);

G_END_DECLS
