/* desk-field-row-private.h: what the entry for one field consists of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-field-row.h"

#include "desk-message-row.h"
#include "desk-suggestions.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Up to so many choices stand side by side; more go into a menu. */
#define DESK_FIELD_ROW_MAX_BUTTONS 2

struct _DeskFieldRow
{
  GObject parent_instance;

  ReunionField field;
  DeskMnemonics *mnemonics; /* not owned; NULL once the widget is made */
  GtkWidget *widget;
  DeskMessageRow *message;
  char letter; /* its mnemonic; '\0' for none of its own */

  /* One of these, by the field's kind. */
  GtkEditable *entry;
  GtkTextView *text_view;
  GtkLabel *long_title; /* with a text view */
  AdwComboRow *combo;
  GtkSwitch *flag;
  GtkToggleButton *buttons[DESK_FIELD_ROW_MAX_BUTTONS];

  DeskSuggestions *suggestions; /* of some entries */
  char *description;            /* for a screen reader, as note is */
  char *note;
  char *long_text;
  gboolean is_showing; /* the program writes, not the person */
  gboolean is_wrong;
};

/* Makes the widget, by the kind of the field. @edited, with the row, when anything in
 * it changes, the program's writing included; @activated, with the row, for Enter in
 * an entry. */
void desk_field_row_make_widget (DeskFieldRow *self, GCallback edited, GCallback activated);

G_END_DECLS
