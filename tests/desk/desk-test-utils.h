/* desk-test-utils.h: a desk with its store and a service on the loopback
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-session.h"
#include "reunion-field.h"
#include "sync-test-utils.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A resident ID number of a boy born on 17 May 2003 in Guizhou, one of a girl
 * born on 2 March 2012 in Beijing, and the first with a check digit that does
 * not fit. */
#define DESK_TEST_BOY_ID "520524200305170016"
#define DESK_TEST_GIRL_ID "110105201203020022"
#define DESK_TEST_BAD_ID "520524200305170017"
/* Born in 2020: who is a child while these tests are young. */
#define DESK_TEST_CHILD_ID "520524202005170013"

/* Nobody is signed in at first. */
typedef struct
{
  SyncTest *base;
  ReunionSync *sync;
  DeskSession *session;
} DeskTest;

DeskTest *desk_test_new (void);
void desk_test_free (DeskTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskTest, desk_test_free)

/* As if the program were ended and started again on the same files. */
void desk_test_restart (DeskTest *self);
/* A session on the store of @folder and an address where nothing is asked. */
DeskSession *desk_test_open_session (StoreTestFolder *folder);

gboolean desk_test_bytes_hold (const void *bytes, gsize length, const char *text);
/* Whether some file of the store holds @text in its bytes. */
gboolean desk_test_files_hold (DeskTest *self, const char *text);

/* The first widget of @type below @root whose label or title is @text; any for
 * NULL. NULL when there is none. Transfer none. */
GtkWidget *desk_test_find (GtkWidget *root, GType type, const char *text);
/* The row of @field in a form, called as it is for a child. Transfer none. */
GtkWidget *desk_test_find_row (GtkWidget *form, ReunionField field);
/* Whether a label with @part in it is on the screen. */
gboolean desk_test_sees (GtkWidget *root, const char *part);

/* As a person types into the entry or the text view in @row: what stands there
 * is replaced, and can be undone. */
void desk_test_type (GtkWidget *row, const char *text);

/* A window of its own with @child in it, on the screen. */
GtkWidget *desk_test_show (GtkWidget *child);
void desk_test_close (GtkWidget *window);

G_END_DECLS
