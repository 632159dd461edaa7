/* central-tls.h: the certificate that the service shows, exchanged while it runs
 *
 * Read again when asked to, and some seconds after the files have changed. One that
 * can't be used (no PEM, another key's, encrypted, out of date) is passed over with a
 * sentence, and the one before stays; connections that are open stay too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CENTRAL_TYPE_TLS (central_tls_get_type ())
G_DECLARE_FINAL_TYPE (CentralTls, central_tls, CENTRAL, TLS, GObject)

/* Reads both files (PEM; the certificate's may hold the chain) and watches them from
 * now on. Transfer full.
 *
 * CentralTls::changed (): there is another certificate. */
CentralTls *central_tls_new (const char *certificate_path, const char *key_path, GError **error);
/* Transfer none. */
GTlsCertificate *central_tls_get_certificate (CentralTls *self);
/* FALSE, with a sentence in @error, when the one before stays. */
gboolean central_tls_reload (CentralTls *self, GError **error);

G_END_DECLS
