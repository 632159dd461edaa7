/* reunion-word-list.c: words that officers type again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-word-list.h"

/* clang-format off */
static const ReunionWord colours[] = {
  { "黑色", "hs", "black" },
  { "白色", "bs", "white" },
  { "红色", "hs", "red" },
  { "蓝色", "ls", "blue" },
  { "灰色", "hs", "grey" },
  { "粉色", "fs", "pink" },
  { "黄色", "hs", "yellow" },
  { "绿色", "ls", "green" },
  { "紫色", "zs", "purple" },
  { "棕色", "zs", "brown" },
  { "橙色", "cs", "orange" },
  { "米色", "ms", "beige" },
  { "深蓝色", "sls", "dark blue" },
  { "浅蓝色", "qls", "light blue" },
  { "藏青色", "zqs", "navy" },
  { "军绿色", "jls", "army green" },
  { "咖啡色", "kfs", "coffee brown" },
  { "酒红色", "jhs", "wine red" },
  { "花色", "hs", "patterned" },
  { "黑白格子", "hbgz", "black and white chequered" },
  { "条纹", "tw", "striped" },
  { NULL, NULL, NULL },
};

static const ReunionWord clothing[] = {
  { "上衣", "sy", "top" },
  { "外套", "wt", "jacket" },
  { "羽绒服", "yrf", "down jacket" },
  { "校服", "xf", "school uniform" },
  { "T恤", "tx", "T-shirt" },
  { "卫衣", "wy", "hooded sweatshirt" },
  { "毛衣", "my", "jumper" },
  { "衬衫", "cs", "shirt" },
  { "裤子", "kz", "trousers" },
  { "牛仔裤", "nzk", "jeans" },
  { "运动裤", "ydk", "tracksuit trousers" },
  { "运动服", "ydf", "tracksuit" },
  { "短裤", "dk", "shorts" },
  { "裙子", "qz", "skirt" },
  { "连衣裙", "lyq", "dress" },
  { "背带裤", "bdk", "dungarees" },
  { "棉衣", "my", "padded coat" },
  { "棉袄", "ma", "quilted jacket" },
  { "大衣", "dy", "overcoat" },
  { "夹克", "jk", "windcheater" },
  { "马甲", "mj", "waistcoat" },
  { "背心", "bx", "vest" },
  { "睡衣", "sy", "pyjamas" },
  { "病号服", "bhf", "hospital gown" },
  { "工作服", "gzf", "work clothes" },
  { "雨衣", "yy", "raincoat" },
  { "帽子", "mz", "hat" },
  { "棒球帽", "bqm", "baseball cap" },
  { "毛线帽", "mxm", "woollen hat" },
  { "围巾", "wj", "scarf" },
  { "手套", "st", "gloves" },
  { "口罩", "kz", "face mask" },
  { "书包", "sb", "school bag" },
  { NULL, NULL, NULL },
};

static const ReunionWord shoes[] = {
  { "运动鞋", "ydx", "trainers" },
  { "布鞋", "bx", "cloth shoes" },
  { "皮鞋", "px", "leather shoes" },
  { "凉鞋", "lx", "sandals" },
  { "拖鞋", "tx", "slippers" },
  { "球鞋", "qx", "plimsolls" },
  { "靴子", "xz", "boots" },
  { "雨靴", "yx", "rubber boots" },
  { "棉鞋", "mx", "padded shoes" },
  { "高跟鞋", "ggx", "high heels" },
  { "光脚", "gj", "barefoot" },
  { NULL, NULL, NULL },
};

static const ReunionWord builds[] = {
  { "偏瘦", "ps", "thin" },
  { "中等", "zd", "middling" },
  { "偏胖", "pp", "stout" },
  { "瘦小", "sx", "slight" },
  { "瘦高", "sg", "tall and thin" },
  { "矮胖", "ap", "short and stout" },
  { "健壮", "jz", "strong" },
  { "高大", "gd", "tall and heavy" },
  { "驼背", "tb", "stooped" },
  { NULL, NULL, NULL },
};

static const ReunionWord hair[] = {
  { "短发", "df", "short hair" },
  { "长发", "cf", "long hair" },
  { "马尾辫", "mwb", "ponytail" },
  { "双马尾", "smw", "two ponytails" },
  { "齐刘海", "qlh", "straight fringe" },
  { "齐肩发", "qjf", "shoulder-length hair" },
  { "寸头", "ct", "crew cut" },
  { "光头", "gt", "bald" },
  { "卷发", "jf", "curly hair" },
  { "辫子", "bz", "plait" },
  { "花白头发", "hbtf", "greying hair" },
  { "白发", "bf", "white hair" },
  { "染发", "rf", "dyed hair" },
  { NULL, NULL, NULL },
};

static const ReunionWord faces[] = {
  { "圆脸", "yl", "round face" },
  { "方脸", "fl", "square face" },
  { "长脸", "cl", "long face" },
  { "瓜子脸", "gzl", "oval face" },
  { "单眼皮", "dyp", "single eyelids" },
  { "双眼皮", "syp", "double eyelids" },
  { "戴眼镜", "dyj", "glasses" },
  { "酒窝", "jw", "dimples" },
  { "雀斑", "qb", "freckles" },
  { "胡须", "hx", "beard" },
  { NULL, NULL, NULL },
};

static const ReunionWord marks[] = {
  { "左手有疤", "zsyb", "scar on the left hand" },
  { "右手有疤", "ysyb", "scar on the right hand" },
  { "额头有疤", "etyb", "scar on the forehead" },
  { "左脸有痣", "zlyz", "mole on the left cheek" },
  { "右脸有痣", "ylyz", "mole on the right cheek" },
  { "胎记", "tj", "birthmark" },
  { "纹身", "ws", "tattoo" },
  { "走路跛行", "zlbx", "limps" },
  { "拄拐杖", "zgz", "walks with a stick" },
  { "坐轮椅", "zly", "uses a wheelchair" },
  { "驼背", "tb", "stooped" },
  { "缺门牙", "qmy", "front tooth missing" },
  { "戴假牙", "djy", "false teeth" },
  { "戴助听器", "dztq", "hearing aid" },
  { "戴眼镜", "dyj", "glasses" },
  { "口吃", "kc", "stammers" },
  { "缺手指", "qsz", "finger missing" },
  { "烧伤疤痕", "ssbh", "burn scar" },
  { "手术疤痕", "ssbh", "surgical scar" },
  { NULL, NULL, NULL },
};

static const ReunionWord carried[] = {
  { "书包", "sb", "school bag" },
  { "手机", "sj", "telephone" },
  { "双肩包", "sjb", "rucksack" },
  { "手提包", "stb", "handbag" },
  { "电话手表", "dhsb", "telephone watch" },
  { "防走失手环", "fzssh", "ID bracelet" },
  { "定位器", "dwq", "locator" },
  { "身份证", "sfz", "ID card" },
  { "老年卡", "lnk", "senior citizen's card" },
  { "公交卡", "gjk", "bus card" },
  { "银行卡", "yhk", "bank card" },
  { "现金", "xj", "cash" },
  { "钥匙", "ys", "keys" },
  { "自行车", "zxc", "bicycle" },
  { "电动车", "ddc", "electric scooter" },
  { "滑板车", "hbc", "push scooter" },
  { "拐杖", "gz", "walking stick" },
  { "雨伞", "ys", "umbrella" },
  { "水杯", "sb", "water bottle" },
  { "玩具", "wj", "toy" },
  { "行李箱", "xlx", "suitcase" },
  { "药", "y", "medicine" },
  { NULL, NULL, NULL },
};

static const ReunionWord languages[] = {
  { "普通话", "pth", "Mandarin" },
  { "粤语", "yy", "Cantonese" },
  { "四川话", "sch", "Sichuanese" },
  { "贵州话", "gzh", "Guizhou dialect" },
  { "河南话", "hnh", "Henan dialect" },
  { "东北话", "dbh", "north-eastern dialect" },
  { "上海话", "shh", "Shanghainese" },
  { "闽南语", "mny", "Hokkien" },
  { "客家话", "kjh", "Hakka" },
  { "湖南话", "hnh", "Hunanese" },
  { "维吾尔语", "wwey", "Uyghur" },
  { "藏语", "zy", "Tibetan" },
  { "蒙古语", "mgy", "Mongolian" },
  { "彝语", "yy", "Yi" },
  { "苗语", "my", "Miao" },
  { "壮语", "zy", "Zhuang" },
  { "朝鲜语", "cxy", "Korean" },
  { "手语", "sy", "sign language" },
  { "不会说话", "bhsh", "does not speak" },
  { NULL, NULL, NULL },
};

static const ReunionWord ethnic_groups[] = {
  { "汉族", "hz", "Han" },
  { "壮族", "zz", "Zhuang" },
  { "维吾尔族", "wwez", "Uyghur" },
  { "回族", "hz", "Hui" },
  { "苗族", "mz", "Miao" },
  { "满族", "mz", "Manchu" },
  { "彝族", "yz", "Yi" },
  { "土家族", "tjz", "Tujia" },
  { "藏族", "zz", "Tibetan" },
  { "蒙古族", "mgz", "Mongol" },
  { "布依族", "byz", "Bouyei" },
  { "侗族", "dz", "Dong" },
  { "瑶族", "yz", "Yao" },
  { "白族", "bz", "Bai" },
  { "哈尼族", "hnz", "Hani" },
  { "朝鲜族", "cxz", "Korean" },
  { "黎族", "lz", "Li" },
  { "哈萨克族", "hskz", "Kazakh" },
  { "傣族", "dz", "Dai" },
  { "畲族", "sz", "She" },
  { "仡佬族", "glz", "Gelao" },
  { "水族", "sz", "Sui" },
  { NULL, NULL, NULL },
};

static const ReunionWord mental_states[] = {
  { "认知障碍", "rzza", "dementia" },
  { "记不清家庭住址", "jbqjtzz", "does not remember the address" },
  { "情绪低落", "qxdl", "low in spirits" },
  { "惊恐", "jk", "frightened" },
  { "神志不清", "szbq", "confused" },
  { "有轻生倾向", "yqsqx", "in danger of self-harm" },
  { "智力障碍", "zlza", "learning disability" },
  { "自闭症", "zbz", "autism" },
  { "精神正常", "jszc", "of sound mind" },
  { NULL, NULL, NULL },
};

static const ReunionWord relations[] = {
  { "母亲", "mq", "mother" },
  { "父亲", "fq", "father" },
  { "奶奶", "nn", "grandmother (father's side)" },
  { "爷爷", "yy", "grandfather (father's side)" },
  { "外婆", "wp", "grandmother (mother's side)" },
  { "外公", "wg", "grandfather (mother's side)" },
  { "儿子", "ez", "son" },
  { "女儿", "ne", "daughter" },
  { "妻子", "qz", "wife" },
  { "丈夫", "zf", "husband" },
  { "哥哥", "gg", "elder brother" },
  { "姐姐", "jj", "elder sister" },
  { "弟弟", "dd", "younger brother" },
  { "妹妹", "mm", "younger sister" },
  { "老师", "ls", "teacher" },
  { "护工", "hg", "carer" },
  { "邻居", "lj", "neighbour" },
  { NULL, NULL, NULL },
};

static const ReunionWord vehicles[] = {
  { "轿车", "jc", "car" },
  { "面包车", "mbc", "van" },
  { "越野车", "yyc", "off-road car" },
  { "电动车", "ddc", "electric scooter" },
  { "摩托车", "mtc", "motorcycle" },
  { "自行车", "zxc", "bicycle" },
  { "三轮车", "slc", "three-wheeler" },
  { "货车", "hc", "lorry" },
  { "出租车", "czc", "taxi" },
  { "网约车", "wyc", "ride-hailing car" },
  { "公交车", "gjc", "bus" },
  { "火车", "hc", "train" },
  { NULL, NULL, NULL },
};
/* clang-format on */

static const struct
{
  const ReunionWord *words;
  gboolean is_coloured;
} lists[REUNION_N_FIELDS] = {
  [REUNION_FIELD_BUILD] = { builds, FALSE },
  [REUNION_FIELD_HAIR] = { hair, TRUE },
  [REUNION_FIELD_FACE] = { faces, FALSE },
  [REUNION_FIELD_MARKS] = { marks, FALSE },
  [REUNION_FIELD_CLOTHING] = { clothing, TRUE },
  [REUNION_FIELD_SHOES] = { shoes, TRUE },
  [REUNION_FIELD_CARRIED] = { carried, TRUE },
  [REUNION_FIELD_LANGUAGE] = { languages, FALSE },
  [REUNION_FIELD_ETHNIC_GROUP] = { ethnic_groups, FALSE },
  [REUNION_FIELD_MENTAL_STATE] = { mental_states, FALSE },
  [REUNION_FIELD_VEHICLE] = { vehicles, TRUE },
  [REUNION_FIELD_GUARDIAN_RELATION] = { relations, FALSE },
};

const ReunionWord *
reunion_word_list_get (ReunionField field)
{
  g_return_val_if_fail (field < REUNION_N_FIELDS, NULL);

  return lists[field].words;
}

const ReunionWord *
reunion_word_list_get_colours (void)
{
  return colours;
}

gboolean
reunion_word_list_is_coloured (ReunionField field)
{
  g_return_val_if_fail (field < REUNION_N_FIELDS, FALSE);

  return lists[field].is_coloured;
}
