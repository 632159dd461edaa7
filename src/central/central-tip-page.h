/* central-tip-page.h: the form of the public page, and the thanks
 *
 * Whole without scripts: a click on the map sends the form to be shown again with
 * the place marked. What was typed is kept whatever happens, the photo too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-map.h"
#include "central-tip-form.h"
#include "reunion-case.h"

G_BEGIN_DECLS

/**
 * CentralTipPage:
 * @notice: in the language of the page
 * @case_: redacted
 * @form: what was written so far, and what is wrong with it
 * @token: central-form-token.h
 * @kept: a photo that was made safe, to be sent back with the form; or NULL
 * @map: what to show for choosing a place; NULL when the case names none
 *
 * What stands on it. Borrowed.
 */
typedef struct
{
  const ReunionNotice *notice;
  ReunionCase *case_;
  const CentralTipForm *form;
  const char *token;
  GBytes *kept;
  const CentralMap *map;
} CentralTipPage;

/* The whole document. Transfer full. */
char *central_tip_page_to_html (const CentralTipPage *self);

/* The thanks for the tip of that number. @contact: the phone of the notice, or NULL.
 * Transfer full. */
char *
central_tip_page_new_thanks (ReunionLanguage language, const char *number, const char *contact);

G_END_DECLS
