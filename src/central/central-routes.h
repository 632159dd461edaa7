/* central-routes.h: the API, and who may call what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"

G_BEGIN_DECLS

/* Signed with the secret of the partner in the path. */
#define CENTRAL_CALLER_PARTNER (1 << 30)
/* Everybody, without signing in. */
#define CENTRAL_CALLER_ANYBODY (1 << 29)

/**
 * CentralRoute:
 * @path: segments; ":" among them stands for any
 * @callers: mask of ReunionRole and the two above
 * @max_body_bytes: longer ones are refused before they are read
 */
typedef struct
{
  const char *method;
  const char *path;
  guint callers;
  goffset max_body_bytes;
  void (*handle) (CentralRequest *request);
} CentralRoute;

/* The whole table. Transfer none. */
const CentralRoute *central_routes_get_all (gsize *n_routes);

/* The route for a call. When there is none for @method, *@allowed (transfer
 * full) lists the methods that the path has, or is NULL when it has none at
 * all. *@parameter is what stands for the first ":"
 * (transfer full). */
const CentralRoute *
central_routes_find (const char *method, const char *path, char **parameter, char **allowed);

G_END_DECLS
