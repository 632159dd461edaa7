/* desk-field-hints.h: what to enter in each field of the form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-person-kind.h"

G_BEGIN_DECLS

/* A translated sentence, for a tooltip, where a person of @kind is missing. Transfer
 * none; never NULL. */
const char *desk_field_hints_get (ReunionField field, ReunionPersonKind kind);

G_END_DECLS
