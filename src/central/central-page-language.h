/* central-page-language.h: in which language somebody reads
 *
 * A page speaks one language: with a form on it, two at once make it twice as long on
 * a telephone, and a reader of the screen stumble. The telephone says which one; a
 * link leads to the other. What an officer typed stays as it was typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-notice.h"

G_BEGIN_DECLS

/* @asked: what ?lang= says; @accepted: the header Accept-Language. Either may be NULL.
 * Who accepts neither Chinese nor English is more likely to read English; who says
 * nothing, Chinese. */
ReunionLanguage central_page_language_choose (const char *asked, const char *accepted);

G_END_DECLS
