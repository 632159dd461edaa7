/* reunion-cap-private.h: which elements an alert has, in which order
 *
 * One table for the writer and the reader, so that the two can't drift.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-cap.h"

G_BEGIN_DECLS

/* What an element holds, and what stands for it in the record. */
typedef enum
{
  REUNION_CAP_TEXT,   /* char * */
  REUNION_CAP_TOKEN,  /* char *, without space, comma, “<” or “&” */
  REUNION_CAP_CHOICE, /* char *, one of the choices */
  REUNION_CAP_TIME,   /* gint64, 0 for none */
  REUNION_CAP_SIZE,   /* gint64, not negative */
  REUNION_CAP_DIGEST, /* char *, SHA-1 */
  /* Of one element for all. */
  REUNION_CAP_REFERENCES, /* GPtrArray of ReunionCapReference */
  /* Of one element for each. */
  REUNION_CAP_CHOICES, /* GPtrArray of char * */
  REUNION_CAP_CIRCLES, /* GPtrArray of ReunionCapCircle */
  REUNION_CAP_RECORDS, /* GPtrArray of records with a table of their own */
} ReunionCapElementKind;

typedef struct _ReunionCapTable ReunionCapTable;

/**
 * ReunionCapElement:
 * @offset: of what it stands for, in the record
 * @choices: for REUNION_CAP_CHOICE and _CHOICES, ended by NULL
 * @table: for REUNION_CAP_RECORDS
 */
typedef struct
{
  const char *name;
  ReunionCapElementKind kind;
  gsize offset;
  gboolean is_needed;
  const char *const *choices;
  const ReunionCapTable *table;
} ReunionCapElement;

struct _ReunionCapTable
{
  gsize size;
  const ReunionCapElement *elements;
  gsize n_elements;
};

/* The table of the root element. */
extern const ReunionCapTable reunion_cap_alert_table;

/* An empty record with empty arrays; and its end. */
gpointer reunion_cap_record_new (const ReunionCapTable *table);
void reunion_cap_record_free (const ReunionCapTable *table, gpointer record);

/* Where the value of @element stands in @record. */
#define REUNION_CAP_MEMBER(type, record, element)                                                  \
  (*(type *) (gpointer) ((guint8 *) (record) + (element)->offset))

/* Whether @record can go out, and could be taken in: all that is needed is there,
 * and everything holds what it may. */
gboolean reunion_cap_check (const ReunionCapTable *table, gpointer record, GError **error);
/* The same for the rules that concern more than one element. */
gboolean reunion_cap_check_alert (const ReunionCapAlert *alert, GError **error);

G_END_DECLS
