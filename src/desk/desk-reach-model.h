/* desk-reach-model.h: what the window says of what a circle reaches
 *
 * Texts are translated, transfer full.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-reach.h"

G_BEGIN_DECLS

/* Name of a prefecture or province in the desk's language. Transfer none. */
const char *desk_reach_model_get_name (const ReunionReachArea *area);

/* "24.1 million", rounded down, so that "at least" stays true. */
char *desk_reach_model_format_people (gint64 n_people);

/* "62 %"; "under 1 %"; 100 % for the whole alone. */
char *desk_reach_model_format_share (double share);

/* "At least 24.1 million people"; what is known where that isn't. */
char *desk_reach_model_format_headline (const ReunionReach *reach);

/* "in 213 cities and towns", and below it "4 provinces, 29 prefectures"; NULL where
 * nothing is reached. */
char *desk_reach_model_format_extent (const ReunionReach *reach);

/* Prefectures of province number @province: "Whole: Bijie, Anshun. In part:
 * Zunyi 31 %."; NULL where the province has but one, of its own name. */
char *desk_reach_model_format_prefectures (const ReunionReach *reach, guint province);

/* "38 % of the circle is sea or abroad."; NULL when next to nothing is. */
char *desk_reach_model_format_outside (const ReunionReach *reach);

/* "At least 24.1 million people in 4 provinces: Guizhou, Yunnan, Sichuan,
 * Chongqing"; NULL where nothing is reached. */
char *desk_reach_model_format_summary (const ReunionReach *reach);

G_END_DECLS
