/* reunion-central-audit.h: who did what, in a chain that shows what was changed
 *
 * Each entry carries the SHA-256 of a canonical form of itself and of the hash of
 * the entry before, so that none can be altered, removed or moved without all after
 * it ceasing to fit. The last hash, the head, stands in a row of its own; kept
 * elsewhere too, it shows that the end was cut off.
 *
 * Canonical form: the hash before, number, at_usec, who, what, case_id, revision,
 * about, origin, record_hash, in this order, each as its length in bytes, a colon,
 * the bytes and a comma ("-," for null).
 *
 * An entry's record (the step as people read it) holds personal data and is erased
 * when its case expires; the chain covers a salted hash of it and goes on to fit.
 * Entries older than the chain are counted and hashed by its first entry.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/* What the chain's first entry is called. */
#define REUNION_AUDIT_CHAIN_START "chain.start"

/**
 * ReunionAuditEntry:
 * @who: account, partner or part of the service
 * @case_id: may be NULL
 * @about: account, station or address that it is about; never of the missing; or NULL
 * @origin: address of the network that it came from, or NULL
 * @record: wire form of a step of a case, or NULL
 * @revision: of the case, to which the step led; kept with a record only
 */
typedef struct
{
  gint64 at_usec;
  const char *who;
  const char *what;
  const char *case_id;
  const char *about;
  const char *origin;
  const char *record;
  gint64 revision;
} ReunionAuditEntry;

/* Reads the head and moves it within the caller's transaction; its row is locked
 * until the end of that, which puts several writers in order. */
gboolean reunion_central_store_append_audit (ReunionCentralStore *self,
                                             const ReunionAuditEntry *entry,
                                             GError **error);

/* The last hash and its number; "" and 0 while there is no entry. *@hash is
 * transfer full. */
gboolean reunion_central_store_get_audit_head (ReunionCentralStore *self,
                                               char **hash,
                                               gint64 *number,
                                               GError **error);

/* Erases the records of a case's entries and what they could be guessed with; the
 * chain still fits once the case is expired. */
gboolean reunion_central_store_erase_audit_records (ReunionCentralStore *self,
                                                    const char *case_id,
                                                    GError **error);

/* Walks the whole chain. FALSE with REUNION_STORE_ERROR_CORRUPT and a sentence when
 * it does not fit; *@first_bad is then the sequence of the first entry that does
 * not, or the one after the last when the end is missing, and -1 otherwise.
 * @kept_head: a hash that was the head once, which must be in the chain, or NULL. */
gboolean reunion_central_store_verify_audit (ReunionCentralStore *self,
                                             const char *kept_head,
                                             gint64 *first_bad,
                                             GError **error);

G_END_DECLS
