/* bench-cases.c: cases as stations file them, made up from a seed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-cases.h"

#include <string.h>

#define PICK(random_state, list) (list)[g_rand_int_range (random_state, 0, G_N_ELEMENTS (list))]

/* The commoner ones stand more than once. */
static const char *const surnames[]
    = { "王", "王", "王", "李", "李", "李", "张", "张", "张", "刘", "刘", "陈", "陈",   "杨",
        "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高",   "罗",
        "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "欧阳", "司马" };
static const char *const given[]
    = { "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟",
        "涛", "明", "超", "秀", "霞", "平", "刚", "桂", "小", "文", "华", "玉", "建", "国",
        "子", "轩", "梓", "涵", "欣", "怡", "浩", "然", "宇", "思", "雨", "博", "佳", "俊",
        "婷", "雪", "志", "晨", "睿", "嘉", "诗", "天", "一", "诺", "可", "心", "昊", "晓" };
static const char *const latin_names[]
    = { "Wang",   "Li",       "Zhang",    "Zhijin", "Hengshui",  "Aynur",
        "Tursun", "Guiyang",  "Xiaoming", "Dolma",  "Zhengzhou", "Nguyen",
        "Anna",   "Chaoyang", "Huixian",  "Lhasa",  "Mehmet" };
static const char *const provinces[]
    = { "贵州省", "河南省", "河北省", "安徽省", "四川省", "湖南省", "广东省", "云南省",
        "山东省", "江苏省", "浙江省", "甘肃省", "陕西省", "福建省", "江西省", "湖北省" };
static const char *const counties[]
    = { "织金县", "辉县市", "桃城区", "朝阳区", "大方县", "清镇市", "惠水县", "长顺县", "修文县",
        "开阳县", "桐梓县", "绥阳县", "正安县", "凤冈县", "湄潭县", "余庆县", "习水县", "平塘县" };
static const char *const spots[]
    = { "火车站候车室", "第一中学门口", "人民医院",     "城关镇菜市场", "河边",
        "客运站",       "超市附近",     "工业园区宿舍", "幼儿园门口",   "中心广场",
        "网吧",         "公园东门",     "小区楼下",     "村口" };
static const char *const clothes[] = { "蓝色外套，黑色长裤",
                                       "红色羽绒服，牛仔裤",
                                       "校服，白色运动鞋",
                                       "粉色连衣裙",
                                       "灰色卫衣",
                                       "绿色短袖，黑色短裤",
                                       "格子衬衫",
                                       "Blue jacket, black trousers",
                                       "黄色雨衣" };
static const char *const events[]
    = { "放学后没有回家，手机关机，同学最后看见其往车站方向走。",
        "父母在候车室睡着，醒来发现孩子不见，周围无人看见。",
        "与家长争吵后离家出走，随身带少量现金和一个书包。",
        "在市场门口玩耍时走失，监控显示由一名陌生女子牵走。",
        "午后独自去河边，至晚未归，家属沿河寻找未果。",
        "Did not come home from school; last seen near the bus stop with a friend.",
        "老人患有阿尔茨海默病，早晨出门买菜后未回家，曾在附近公交站出现。" };

static char *
make_name (GRand *r)
{
  if (g_rand_int_range (r, 0, 20) == 0)
    return g_strdup_printf ("%s %s", PICK (r, latin_names), PICK (r, latin_names));
  if (g_rand_boolean (r))
    return g_strconcat (PICK (r, surnames), PICK (r, given), NULL);
  return g_strconcat (PICK (r, surnames), PICK (r, given), PICK (r, given), NULL);
}

static char *
make_id (GRand *r)
{
  return g_strdup_printf ("%08x-%04x-4%03x-8%03x-%08x%04x", g_rand_int (r), g_rand_int (r) & 0xffff,
                          g_rand_int (r) & 0xfff, g_rand_int (r) & 0xfff, g_rand_int (r),
                          g_rand_int (r) & 0xffff);
}

static void
take_text (ReunionReport *report, ReunionField field, char *text)
{
  reunion_report_set_text (report, field, text);
  g_free (text);
}

static char *
make_phone (GRand *r)
{
  return g_strdup_printf ("1%010" G_GINT64_FORMAT, (gint64) (g_rand_double_range (r, 3e9, 9.99e9)));
}

static void
fill (GRand *r, ReunionReport *report, gint64 now_usec)
{
  const char *province = PICK (r, provinces);
  const char *county = PICK (r, counties);
  int age_years = g_rand_int_range (r, 1, 17);

  take_text (report, REUNION_FIELD_NAME, make_name (r));
  reunion_report_set_text (report, REUNION_FIELD_SEX, g_rand_boolean (r) ? "male" : "female");
  reunion_report_set_int (report, REUNION_FIELD_AGE_YEARS, age_years);
  take_text (report, REUNION_FIELD_RESIDENT_ID,
             g_strdup_printf ("5205242%03d%02d%02d%04d", g_rand_int_range (r, 0, 20),
                              g_rand_int_range (r, 1, 13), g_rand_int_range (r, 1, 29),
                              g_rand_int_range (r, 0, 10000)));
  reunion_report_set_text (report, REUNION_FIELD_CLOTHING, PICK (r, clothes));
  reunion_report_set_text (report, REUNION_FIELD_HAIR, "黑色短发");
  reunion_report_set_text (report, REUNION_FIELD_LANGUAGE, "普通话，贵州方言");
  take_text (report, REUNION_FIELD_PLACE, g_strconcat (province, county, PICK (r, spots), NULL));
  take_text (report, REUNION_FIELD_HOME_ADDRESS,
             g_strdup_printf ("%s%s%d号", province, county, g_rand_int_range (r, 1, 400)));
  reunion_report_set_text (report, REUNION_FIELD_CIRCUMSTANCES, PICK (r, events));
  take_text (report, REUNION_FIELD_GUARDIAN_NAME, make_name (r));
  reunion_report_set_text (report, REUNION_FIELD_GUARDIAN_RELATION, "母亲");
  take_text (report, REUNION_FIELD_GUARDIAN_PHONE, make_phone (r));
  take_text (report, REUNION_FIELD_CONTACT_PHONE, make_phone (r));
  take_text (report, REUNION_FIELD_CASE_NUMBER,
             g_strdup_printf ("A%06d2016%06d", g_rand_int_range (r, 110000, 659000),
                              g_rand_int_range (r, 0, 1000000)));
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN,
                          now_usec - (gint64) (g_rand_double (r) * 3652 * 86400) * G_USEC_PER_SEC);
  reunion_report_set_point (report, (ReunionPoint){ g_rand_double_range (r, 21.0, 42.0),
                                                    g_rand_double_range (r, 98.0, 122.0) });
}

ReunionCase *
bench_cases_make (GRand *random_state, gint64 now_usec)
{
  static const ReunionCaseState open[] = {
    REUNION_CASE_STATE_DRAFT,      REUNION_CASE_STATE_SUBMITTED, REUNION_CASE_STATE_PUBLISHED,
    REUNION_CASE_STATE_ESCALATING, REUNION_CASE_STATE_RETURNED,  REUNION_CASE_STATE_ESCALATING
  };
  g_autofree char *id = make_id (random_state);
  g_autofree char *station = NULL;
  ReunionCase *case_ = reunion_case_new (id);

  fill (random_state, reunion_case_get_report (case_), now_usec);
  station = g_strconcat (PICK (random_state, counties), "公安局城关派出所", NULL);
  reunion_case_set_station (case_, "520524-01", station);
  reunion_case_set_officer (case_, PICK (random_state, surnames));
  reunion_case_set_state (case_, g_rand_int_range (random_state, 0, 10) == 0
                                     ? PICK (random_state, open)
                                     : REUNION_CASE_STATE_CLOSED);
  reunion_case_set_revision (case_, 1);
  reunion_case_set_created_usec (case_, now_usec);
  return case_;
}

/* What lies from character @from on, at most @n long. */
static char *
cut (const char *text, glong from, glong n)
{
  glong length = g_utf8_strlen (text, -1);

  return g_utf8_substring (text, from, MIN (length, from + n));
}

char *
bench_cases_make_query (GRand *r, ReunionCase *case_, gboolean is_latin, guint n_characters)
{
  static const ReunionField fields[]
      = { REUNION_FIELD_PLACE, REUNION_FIELD_CIRCUMSTANCES, REUNION_FIELD_CLOTHING,
          REUNION_FIELD_HOME_ADDRESS, REUNION_FIELD_GUARDIAN_NAME };
  static const ReunionField latin_fields[]
      = { REUNION_FIELD_CASE_NUMBER, REUNION_FIELD_RESIDENT_ID, REUNION_FIELD_GUARDIAN_PHONE };
  ReunionReport *report = reunion_case_get_report (case_);
  const char *text;
  glong length;

  if (is_latin)
    text = g_rand_boolean (r) ? PICK (r, latin_names)
                              : reunion_report_get_text (report, PICK (r, latin_fields));
  else if (g_rand_boolean (r))
    return cut (reunion_report_get_text (report, REUNION_FIELD_NAME), 0, n_characters);
  else
    text = reunion_report_get_text (report, PICK (r, fields));
  length = g_utf8_strlen (text, -1);
  return cut (text, length > n_characters ? g_rand_int_range (r, 0, length - n_characters + 1) : 0,
              n_characters);
}
