/* central-upkeep.h: what a service does once before it serves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"

G_BEGIN_DECLS

/* Puts the cases of an older store where later versions look for them, some
 * hundred at a time, so that a kill costs little; and after a change of the policy
 * makes all that is out or waits due anew, for what was planned by the old one
 * might come too late. Costs two short questions when there is neither. */
gboolean central_upkeep_run (CentralService *service, GError **error);

G_END_DECLS
