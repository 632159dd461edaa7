/* central-tip-form.h: what somebody wrote into the form of the public page
 *
 * Read from multipart/form-data or application/x-www-form-urlencoded. Parts that are
 * not of the form are passed over; whatever is no UTF-8 is mended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "central-page.h"
#include "reunion-tip.h"

G_BEGIN_DECLS

/**
 * CentralTipField:
 * @CENTRAL_TIP_FIELD_KEPT: base64 of a photo that was sent before, made safe then
 * @CENTRAL_TIP_FIELD_TRAP: hidden from people; machines fill it in
 *
 * Those up to CENTRAL_TIP_N_SHOWN are what people fill in.
 */
typedef enum
{
  CENTRAL_TIP_FIELD_TEXT,
  CENTRAL_TIP_FIELD_PLACE,
  CENTRAL_TIP_FIELD_POINT,
  CENTRAL_TIP_FIELD_SEEN,
  CENTRAL_TIP_FIELD_PHOTO,
  CENTRAL_TIP_FIELD_CONTACT,
  CENTRAL_TIP_FIELD_TOKEN,
  CENTRAL_TIP_FIELD_KEPT,
  CENTRAL_TIP_FIELD_TRAP,
} CentralTipField;

#define CENTRAL_TIP_N_SHOWN (CENTRAL_TIP_FIELD_CONTACT + 1)
#define CENTRAL_TIP_N_FIELDS (CENTRAL_TIP_FIELD_TRAP + 1)

/* Size of the map of the form where no script is, in pixels of the page, in which
 * browsers tell where it was clicked. */
#define CENTRAL_TIP_MAP_WIDTH 320
#define CENTRAL_TIP_MAP_HEIGHT 272

/**
 * CentralTipForm:
 * @texts: never NULL; "" where nothing was written. None for the photo
 * @upload: the photo as it came; NULL when there is none
 * @is_click: the map was clicked, and nothing is to be sent yet
 * @click_x, @click_y: where, 0 to 1 from the upper left corner
 * @faults: what is wrong with each field, or NULL
 * @fault: what is wrong with the whole, or NULL
 */
typedef struct
{
  char *texts[CENTRAL_TIP_N_FIELDS];
  GBytes *upload;
  gboolean is_click;
  double click_x, click_y;
  const char *faults[CENTRAL_TIP_N_SHOWN];
  const char *fault;
} CentralTipForm;

/* An empty form. Transfer full. */
CentralTipForm *central_tip_form_new (void);
/* NULL when the body is none of these two kinds, or is no such thing. Transfer full. */
CentralTipForm *central_tip_form_parse (SoupMessageHeaders *headers, GBytes *body);
void central_tip_form_free (CentralTipForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CentralTipForm, central_tip_form_free)

/* The name of a field in the form. Transfer none. */
const char *central_tip_field_get_name (CentralTipField field);

/* The photo that was sent before; NULL when there is none. Transfer full. */
GBytes *central_tip_form_get_kept (const CentralTipForm *self);

/* Where the person was seen, as far as the form says so. */
gboolean central_tip_form_get_point (const CentralTipForm *self, ReunionPoint *point);
void central_tip_form_set_point (CentralTipForm *self, ReunionPoint point);

/* Notes what is wrong, and fills @tip with what is right. TRUE when all is right. */
gboolean central_tip_form_check (CentralTipForm *self,
                                 ReunionLanguage language,
                                 gint64 now_usec,
                                 gboolean has_photo,
                                 ReunionTip *tip);

G_END_DECLS
