/* reunion-central-audit-private.h: what writing the chain and walking it share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-audit.h"
#include "reunion-db.h"

G_BEGIN_DECLS

/* What an entry's place in the chain is worked out from. */
typedef struct
{
  const char *previous;
  gint64 number;
  gint64 at_usec;
  const char *who;
  const char *what;
  const char *case_id;
  gboolean has_revision;
  gint64 revision;
  const char *about;
  const char *origin;
  const char *record_hash;
} ReunionAuditLink;

/* Transfer full. */
char *reunion_audit_link_hash (const ReunionAuditLink *link);
char *reunion_audit_hash_record (const char *salt, const char *record);

/* What is older than the chain: columns sequence, at_usec, who, what, case_id and
 * revision of each entry in order; then what the chain's first entry says of them.
 * Takes @checksum. */
void reunion_audit_add_older (GChecksum *checksum, ReunionStmt *stmt);
char *reunion_audit_describe_older (GChecksum *checksum, gint64 n_entries);

G_END_DECLS
