/* reunion-poster.h: the notice on paper, and as a picture for a group chat
 *
 * The words are those of reunion-notice.h and a few fixed captions. Which fonts
 * there are is the one thing that is not an argument: the same fonts give the
 * same bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "reunion-case.h"

G_BEGIN_DECLS

/* ISO 216 A4, in points of 1/72 inch. */
#define REUNION_POSTER_WIDTH_PT (210.0 / 25.4 * 72.0)
#define REUNION_POSTER_HEIGHT_PT (297.0 / 25.4 * 72.0)
/* The picture. It is as high as what it holds: at most a phone's screen. */
#define REUNION_POSTER_WIDTH_PX 1080
#define REUNION_POSTER_MAX_HEIGHT_PX 2400

#define REUNION_POSTER_MAX_PHOTOS 3

#define REUNION_POSTER_ERROR (reunion_poster_error_quark ())
GQuark reunion_poster_error_quark (void);

/**
 * ReunionPosterError:
 * @REUNION_POSTER_ERROR_PHOTO: a photo can't be read
 * @REUNION_POSTER_ERROR_URL: the address is too long for a code
 * @REUNION_POSTER_ERROR_DRAW: Cairo gave up, for want of memory as a rule
 */
typedef enum
{
  REUNION_POSTER_ERROR_PHOTO,
  REUNION_POSTER_ERROR_URL,
  REUNION_POSTER_ERROR_DRAW,
} ReunionPosterError;

typedef enum
{
  REUNION_POSTER_LANGUAGES_ZH,
  REUNION_POSTER_LANGUAGES_ZH_EN,
} ReunionPosterLanguages;

typedef struct _ReunionPoster ReunionPoster;

/* What goes on the poster of @case_: nothing private is kept, and @case_ is not
 * needed after the call. @photos: GBytes, the lead first, at most
 * REUNION_POSTER_MAX_PHOTOS of them drawn; NULL for none. @url: the public page of
 * the notice, which the code leads to. @made_usec: now, microseconds since the
 * epoch; @zone: in which times are written. Transfer full.
 *
 * A poster never changes, so that any thread may draw it. */
ReunionPoster *reunion_poster_new (ReunionCase *case_,
                                   GPtrArray *photos,
                                   const char *url,
                                   ReunionPosterLanguages languages,
                                   gint64 made_usec,
                                   GTimeZone *zone);
void reunion_poster_free (ReunionPoster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionPoster, reunion_poster_free)

/* The page at @service, a base address with or without a slash at its end, that
 * shows the notice of @case_id. Transfer full. */
char *reunion_poster_make_url (const char *service, const char *case_id);
/* The title of the notice. Transfer none. */
const char *reunion_poster_get_title (const ReunionPoster *self);

/* One A4 page with its fonts. Transfer full. */
GBytes *reunion_poster_to_pdf (const ReunionPoster *self, GError **error);
/* REUNION_POSTER_WIDTH_PX wide. Transfer full. */
GBytes *reunion_poster_to_png (const ReunionPoster *self, GError **error);
/* The A4 page as strokes, to be painted on a printer's context in points.
 * Transfer full. */
cairo_surface_t *reunion_poster_to_recording (const ReunionPoster *self, GError **error);

G_END_DECLS
