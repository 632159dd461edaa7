/* reunion-poster.c: the notice on paper, and as a picture for a group chat
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-poster.h"

#include "reunion-poster-code.h"
#include "reunion-poster-page.h"
#include "reunion-poster-photo.h"
#include "reunion-time.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _ReunionPoster
{
  ReunionNotice *notices[REUNION_N_LANGUAGES];
  GPtrArray *photos; /* GBytes */
  char *url;
  char *made;
  char *made_iso; /* as cairo reads it */
};

G_DEFINE_QUARK (reunion-poster-error-quark, reunion_poster_error)

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, REUNION_POSTER_ERROR, REUNION_POSTER_ERROR_DRAW,
               /* Translators: what the drawing library says */
               _("The poster can't be drawn (%s). Close other programs and try again."),
               cairo_status_to_string (status));
  return FALSE;
}

/* FALSE when a photo or the address can't be used. To be cleared in any case. */
static gboolean
content_init (ReunionPosterContent *content, const ReunionPoster *self, GError **error)
{
  memcpy (content->notices, self->notices, sizeof content->notices);
  content->url = self->url;
  content->made = self->made;
  content->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  if (!reunion_poster_code_can_hold (self->url))
    {
      g_set_error_literal (error, REUNION_POSTER_ERROR, REUNION_POSTER_ERROR_URL,
                           _("The address of the service is too long for the code on the poster. "
                             "Give the desk a shorter one."));
      return FALSE;
    }
  for (guint i = 0; i < self->photos->len; i++)
    {
      cairo_surface_t *photo = reunion_poster_photo_decode (self->photos->pdata[i], error);

      if (photo == NULL)
        return FALSE;
      g_ptr_array_add (content->photos, photo);
    }
  return TRUE;
}

static void
content_clear (ReunionPosterContent *content)
{
  g_clear_pointer (&content->photos, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReunionPosterContent, content_clear)

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
draw_sheet (cairo_surface_t *surface, const ReunionPosterContent *content)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  reunion_poster_page_draw_sheet (cr, content);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

ReunionPoster *
reunion_poster_new (ReunionCase *case_,
                    GPtrArray *photos,
                    const char *url,
                    ReunionPosterLanguages languages,
                    gint64 made_usec,
                    GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (made_usec / G_USEC_PER_SEC);
  ReunionPoster *self;

  g_return_val_if_fail (REUNION_IS_CASE (case_) && url != NULL && zone != NULL, NULL);
  g_return_val_if_fail (utc != NULL, NULL);

  self = g_new0 (ReunionPoster, 1);
  self->notices[REUNION_LANGUAGE_ZH] = reunion_notice_new (case_, REUNION_LANGUAGE_ZH, zone);
  if (languages == REUNION_POSTER_LANGUAGES_ZH_EN)
    self->notices[REUNION_LANGUAGE_EN] = reunion_notice_new (case_, REUNION_LANGUAGE_EN, zone);
  self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; photos != NULL && i < MIN (photos->len, REUNION_POSTER_MAX_PHOTOS); i++)
    g_ptr_array_add (self->photos, g_bytes_ref (photos->pdata[i]));
  self->url = g_strdup (url);
  self->made = reunion_time_format (made_usec, zone);
  self->made_iso = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
  return self;
}

void
reunion_poster_free (ReunionPoster *self)
{
  for (guint i = 0; i < REUNION_N_LANGUAGES; i++)
    g_clear_pointer (&self->notices[i], reunion_notice_free);
  g_ptr_array_unref (self->photos);
  g_free (self->url);
  g_free (self->made);
  g_free (self->made_iso);
  g_free (self);
}

char *
reunion_poster_make_url (const char *service, const char *case_id)
{
  g_return_val_if_fail (service != NULL && case_id != NULL, NULL);

  return g_strconcat (service, g_str_has_suffix (service, "/") ? "" : "/", "alerts/", case_id,
                      NULL);
}

const char *
reunion_poster_get_title (const ReunionPoster *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->notices[REUNION_LANGUAGE_ZH]->headline;
}

GBytes *
reunion_poster_to_pdf (const ReunionPoster *self, GError **error)
{
  g_auto (ReunionPosterContent) content = { { NULL } };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;

  g_return_val_if_fail (self != NULL, NULL);

  if (!content_init (&content, self, error))
    return NULL;
  surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, REUNION_POSTER_WIDTH_PT,
                                                 REUNION_POSTER_HEIGHT_PT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  reunion_poster_get_title (self));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Reunion");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, self->made_iso);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, self->made_iso);
  status = draw_sheet (surface, &content);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return check_status (status, error) ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes))
                                      : NULL;
}

GBytes *
reunion_poster_to_png (const ReunionPoster *self, GError **error)
{
  g_auto (ReunionPosterContent) content = { { NULL } };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface, *used;
  cairo_status_t status;
  cairo_t *cr;
  double height;

  g_return_val_if_fail (self != NULL, NULL);

  if (!content_init (&content, self, error))
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, REUNION_POSTER_WIDTH_PX,
                                        REUNION_POSTER_MAX_HEIGHT_PX);
  cr = cairo_create (surface);
  height = reunion_poster_page_draw_picture (cr, &content);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    {
      /* The rows that were used, and no more. */
      used = cairo_image_surface_create_for_data (
          cairo_image_surface_get_data (surface), CAIRO_FORMAT_RGB24, REUNION_POSTER_WIDTH_PX,
          CLAMP ((int) height, 1, REUNION_POSTER_MAX_HEIGHT_PX),
          cairo_image_surface_get_stride (surface));
      status = cairo_surface_write_to_png_stream (used, write_cb, bytes);
      cairo_surface_destroy (used);
    }
  cairo_surface_destroy (surface);
  return check_status (status, error) ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes))
                                      : NULL;
}

cairo_surface_t *
reunion_poster_to_recording (const ReunionPoster *self, GError **error)
{
  g_auto (ReunionPosterContent) content = { { NULL } };
  const cairo_rectangle_t sheet = { 0, 0, REUNION_POSTER_WIDTH_PT, REUNION_POSTER_HEIGHT_PT };
  cairo_surface_t *surface;

  g_return_val_if_fail (self != NULL, NULL);

  if (!content_init (&content, self, error))
    return NULL;
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &sheet);
  if (!check_status (draw_sheet (surface, &content), error))
    g_clear_pointer (&surface, cairo_surface_destroy);
  return surface;
}
