/* desk-map-words.h: what the map of a case shows, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"
#include "reunion-policy.h"
#include "reunion-tip-set.h"

G_BEGIN_DECLS

/* "Ma Xiaotiao: circle of 300 km around Zhijin; 14 tips, nearest 2 km", for who
 * can't see it. What is not known is left out. NULL without a case (@case_ may be
 * NULL). Transfer full. */
char *desk_map_words_describe (ReunionCase *case_,
                               ReunionPolicy *policy,
                               gint64 now_usec,
                               const ReunionTipSet *tips);

G_END_DECLS
