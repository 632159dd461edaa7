/* reunion-coordinates.c: a point as people paste it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-coordinates.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_PARTS 8

G_DEFINE_QUARK (reunion-coordinates-error-quark, reunion_coordinates_error)

typedef enum
{
  TOKEN_NUMBER,
  TOKEN_DEGREES, /* the sign after a number */
  TOKEN_MINUTES,
  TOKEN_SECONDS,
  TOKEN_HEMISPHERE,
  TOKEN_COMMA,
} TokenKind;

typedef struct
{
  TokenKind kind;
  double value;    /* TOKEN_NUMBER */
  char hemisphere; /* TOKEN_HEMISPHERE: N, S, E or W */
} Token;

/* One of the two coordinates; 0 as hemisphere when none was named. */
typedef struct
{
  double degrees;
  gboolean is_negative;
  char hemisphere;
  guint n_parts;
} Angle;

static const struct
{
  const char *word;
  TokenKind kind;
  char hemisphere;
} words[] = {
  { "北纬", TOKEN_HEMISPHERE, 'N' }, { "南纬", TOKEN_HEMISPHERE, 'S' },
  { "东经", TOKEN_HEMISPHERE, 'E' }, { "西经", TOKEN_HEMISPHERE, 'W' },
  { "N", TOKEN_HEMISPHERE, 'N' },    { "S", TOKEN_HEMISPHERE, 'S' },
  { "E", TOKEN_HEMISPHERE, 'E' },    { "W", TOKEN_HEMISPHERE, 'W' },
  { "°", TOKEN_DEGREES, 0 },         { "º", TOKEN_DEGREES, 0 },
  { "度", TOKEN_DEGREES, 0 },        { "''", TOKEN_SECONDS, 0 },
  { "″", TOKEN_SECONDS, 0 },         { "”", TOKEN_SECONDS, 0 },
  { "\"", TOKEN_SECONDS, 0 },        { "秒", TOKEN_SECONDS, 0 },
  { "′", TOKEN_MINUTES, 0 },         { "’", TOKEN_MINUTES, 0 },
  { "'", TOKEN_MINUTES, 0 },         { "分", TOKEN_MINUTES, 0 },
  { ",", TOKEN_COMMA, 0 },           { "，", TOKEN_COMMA, 0 },
  { "、", TOKEN_COMMA, 0 },          { ";", TOKEN_COMMA, 0 },
};

static const char *
read_word (const char *p, Token *token)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (p, words[i].word, strlen (words[i].word)) == 0)
      {
        token->kind = words[i].kind;
        token->hemisphere = words[i].hemisphere;
        return p + strlen (words[i].word);
      }
  return NULL;
}

/* Digits and a fraction only: neither "1e5" nor "inf" nor "0x1" is a number. */
static const char *
read_number (const char *p, Token *token)
{
  const char *end = p;
  g_autofree char *text = NULL;

  if (*end == '-' || *end == '+')
    end++;
  if (!g_ascii_isdigit (*end))
    return NULL;
  while (g_ascii_isdigit (*end))
    end++;
  if (*end == '.')
    for (end++; g_ascii_isdigit (*end);)
      end++;
  text = g_strndup (p, (gsize) (end - p));
  token->kind = TOKEN_NUMBER;
  token->value = g_ascii_strtod (text, NULL);
  /* "-0.5": the sign of the whole, kept apart from the value. */
  token->hemisphere = *p == '-' ? '-' : 0;
  return end;
}

static GArray *
read_tokens (const char *text)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, TRUE, sizeof (Token));
  const char *p = g_str_has_prefix (text, "geo:") ? text + strlen ("geo:") : text;

  while (*p != '\0')
    {
      Token token = { 0 };
      const char *end;

      if (g_unichar_isspace (g_utf8_get_char (p)) || *p == '(' || *p == ')')
        {
          p = g_utf8_next_char (p);
          continue;
        }
      end = read_number (p, &token);
      if (end == NULL)
        end = read_word (p, &token);
      if (end == NULL || tokens->len >= 2 * MAX_PARTS)
        return NULL;
      g_array_append_val (tokens, token);
      p = end;
    }
  return g_steal_pointer (&tokens);
}

/* A number with what follows it: minutes and seconds add to the degrees. */
static gboolean
add_number (Angle *angle, const Token *token, const Token *unit)
{
  double value = fabs (token->value);

  if (unit != NULL && unit->kind == TOKEN_MINUTES)
    {
      angle->degrees += value / 60.0;
      return angle->n_parts > 0 && value < 60.0;
    }
  if (unit != NULL && unit->kind == TOKEN_SECONDS)
    {
      angle->degrees += value / 3600.0;
      return angle->n_parts > 0 && value < 60.0;
    }
  angle->degrees += value;
  angle->is_negative = token->hemisphere == '-';
  return angle->n_parts == 0;
}

static gboolean
set_hemisphere (Angle angles[2], guint *which, char hemisphere, gboolean is_before)
{
  Angle *angle;

  if (is_before && angles[*which].n_parts > 0 && *which == 0)
    (*which)++;
  angle = &angles[*which];
  if (angle->hemisphere != 0 || angle->is_negative)
    return FALSE;
  angle->hemisphere = hemisphere;
  return TRUE;
}

/* Whether a hemisphere at @i stands before its number, as in "N26 E105". */
static gboolean
stands_before (const GArray *tokens)
{
  return tokens->len > 0 && g_array_index (tokens, Token, 0).kind == TOKEN_HEMISPHERE;
}

static gboolean
is_unit (const Token *token)
{
  return token->kind == TOKEN_DEGREES || token->kind == TOKEN_MINUTES
         || token->kind == TOKEN_SECONDS;
}

static gboolean
read_angles (const GArray *tokens, Angle angles[2])
{
  gboolean is_before = stands_before (tokens);
  guint which = 0;
  guint n_commas = 0;

  for (guint i = 0; i < tokens->len; i++)
    {
      const Token *token = &g_array_index (tokens, Token, i);
      const Token *next = i + 1 < tokens->len ? &g_array_index (tokens, Token, i + 1) : NULL;

      if (token->kind == TOKEN_COMMA)
        {
          if (n_commas++ > 0 || angles[0].n_parts == 0 || angles[1].n_parts > 0)
            return FALSE;
          which = 1;
        }
      else if (token->kind == TOKEN_HEMISPHERE)
        {
          if (!set_hemisphere (angles, &which, token->hemisphere, is_before))
            return FALSE;
          if (!is_before && which == 0)
            which = 1;
        }
      else if (token->kind == TOKEN_NUMBER)
        {
          const Token *unit = next != NULL && is_unit (next) ? next : NULL;

          /* "26.66 105.76": a second number of degrees begins the second. */
          if (which == 0 && angles[0].n_parts > 0 && (unit == NULL || unit->kind == TOKEN_DEGREES))
            which = 1;
          if (!add_number (&angles[which], token, unit))
            return FALSE;
          angles[which].n_parts++;
          if (unit != NULL)
            i++;
        }
      else
        return FALSE;
    }
  return angles[0].n_parts > 0 && angles[1].n_parts > 0
         && (angles[0].hemisphere != 0) == (angles[1].hemisphere != 0);
}

static double
get_degrees (const Angle *angle)
{
  gboolean is_negative = angle->is_negative || angle->hemisphere == 'S' || angle->hemisphere == 'W';

  return is_negative ? -angle->degrees : angle->degrees;
}

static gboolean
is_latitude (const Angle *angle)
{
  return angle->hemisphere == 'N' || angle->hemisphere == 'S';
}

static gboolean
is_on_earth (ReunionPoint point)
{
  return fabs (point.lat_deg) <= 90.0 && fabs (point.lon_deg) <= 180.0;
}

static gboolean
is_about_china (ReunionPoint point)
{
  return point.lat_deg >= 3.0 && point.lat_deg <= 54.0 && point.lon_deg >= 73.0
         && point.lon_deg <= 136.0;
}

/* FALSE when the hemispheres are two of a kind. */
static gboolean
order (const Angle angles[2], ReunionPoint *point)
{
  const ReunionPoint as_is = { get_degrees (&angles[0]), get_degrees (&angles[1]) };
  const ReunionPoint swapped = { as_is.lon_deg, as_is.lat_deg };

  if (angles[0].hemisphere != 0)
    {
      *point = is_latitude (&angles[0]) ? as_is : swapped;
      return is_latitude (&angles[0]) != is_latitude (&angles[1]);
    }
  *point = as_is;
  if (is_on_earth (swapped)
      && (!is_on_earth (as_is) || (is_about_china (swapped) && !is_about_china (as_is))))
    *point = swapped;
  return TRUE;
}

gboolean
reunion_coordinates_parse (const char *text, ReunionPoint *point, GError **error)
{
  g_autoptr (GArray) tokens = NULL;
  Angle angles[2] = { { 0 }, { 0 } };
  ReunionPoint found;

  g_return_val_if_fail (text != NULL && point != NULL, FALSE);

  if (g_utf8_validate (text, -1, NULL))
    tokens = read_tokens (text);
  if (tokens == NULL || !read_angles (tokens, angles) || !order (angles, &found))
    {
      g_set_error_literal (error, REUNION_COORDINATES_ERROR, REUNION_COORDINATES_ERROR_FORMAT,
                           _("This is no pair of coordinates. Write latitude and longitude, such "
                             "as 26.6668, 105.7680."));
      return FALSE;
    }
  if (!is_on_earth (found))
    {
      g_set_error_literal (error, REUNION_COORDINATES_ERROR, REUNION_COORDINATES_ERROR_RANGE,
                           _("There is no such point on the Earth: latitude goes to 90 degrees, "
                             "longitude to 180."));
      return FALSE;
    }
  *point = found;
  return TRUE;
}
