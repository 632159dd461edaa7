/* central-public-private.h: what the files of the public pages share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-page.h"
#include "central-request.h"

G_BEGIN_DECLS

/**
 * CentralFinding:
 * @case_: NULL where the public knows of none
 * @told: ReunionTold, what the public was told of it; never empty
 */
typedef struct
{
  ReunionCase *case_;
  GPtrArray *told;
} CentralFinding;

void central_finding_clear (CentralFinding *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CentralFinding, central_finding_clear)

/* The case with @case_id; FALSE when the request was answered already, for the public
 * knows of none. */
gboolean
central_public_find (CentralRequest *request, const char *case_id, CentralFinding *finding);
/* Whether the search has ended. */
gboolean central_public_is_ended (const CentralFinding *finding);
/* The stage whose circle is told now; NULL for none. */
const ReunionStage *central_public_get_stage (CentralRequest *request, ReunionCase *case_);

/* The language of whoever asks. */
ReunionLanguage central_public_get_language (SoupServerMessage *message, GHashTable *query);
/* Where the public reaches the service, without a slash at its end. Transfer full. */
char *central_public_make_url (CentralRequest *request);
/* "reunion.example", or with a port that is not the usual one. Transfer full. */
char *central_public_make_host (const char *url);

/* Answers with what @policy may do. @body may be of any type; good ones (200) get an
 * entity tag, by which they are not sent again, but for forms. */
void central_public_answer (SoupServerMessage *message,
                            guint status,
                            CentralPagePolicy policy,
                            const char *media_type,
                            GBytes *body);
/* The same for HTML; takes @html. */
void central_public_answer_html (SoupServerMessage *message,
                                 guint status,
                                 CentralPagePolicy policy,
                                 char *html);

G_END_DECLS
