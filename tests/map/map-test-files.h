/* map-test-files.h: base map files for the tests, sound and otherwise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The base map that ships with the program. Transfer full. */
char *map_test_shipped (void);

/* A fresh folder for files; map_test_remove_folder() removes it and them. */
char *map_test_new_folder (void);
void map_test_remove_folder (char *folder);

/* Writes @folder/@name, a base map of Guizhou taken out of the shipped one:
 * small enough to be damaged many times over. Transfer full: its path. */
char *map_test_write_small (const char *folder, const char *name);

/* Runs @sql on the file at @path, which has to succeed. */
void map_test_run_sql (const char *path, const char *sql);

/**
 * MapTestDamage:
 * @name: what is wrong
 * @code: the ReunionBaseMapError it has to end in
 * @make: puts the damaged file, or none, at @path
 */
typedef struct
{
  const char *name;
  int code;
  void (*make) (const char *path);
} MapTestDamage;

/* Every way in which a file can be no usable base map. */
extern const MapTestDamage map_test_damages[];
extern const gsize map_test_n_damages;

G_END_DECLS
