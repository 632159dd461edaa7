/* reunion-json-syntax.h: whether a text is JSON, and nothing else
 *
 * json-glib takes comments, single quotes, hexadecimal numbers, numbers that
 * do not fit and halves of surrogate pairs, and descends by recursion. What
 * comes from strangers passes here first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReunionJsonFault:
 * @REUNION_JSON_FAULT_NONE: it is JSON by RFC 8259
 * @REUNION_JSON_FAULT_SYNTAX: it is not
 * @REUNION_JSON_FAULT_DEPTH: nested more deeply than asked for
 * @REUNION_JSON_FAULT_NUMBER: a whole number that does not fit into 64 bits
 *   with a sign, or another that is not finite as a double
 * @REUNION_JSON_FAULT_TEXT: a text with a zero character or half a surrogate
 *   pair, which no UTF-8 string can hold
 */
typedef enum
{
  REUNION_JSON_FAULT_NONE,
  REUNION_JSON_FAULT_SYNTAX,
  REUNION_JSON_FAULT_DEPTH,
  REUNION_JSON_FAULT_NUMBER,
  REUNION_JSON_FAULT_TEXT,
} ReunionJsonFault;

/* Reads @length bytes of valid UTF-8 that hold one JSON value, arrays and
 * objects nested at most @max_depth deep. @offset is where the fault was met,
 * in bytes from the start. */
ReunionJsonFault
reunion_json_find_fault (const char *text, gsize length, guint max_depth, gsize *offset);

G_END_DECLS
