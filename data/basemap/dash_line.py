# dash_line.py: the dash line of the South China Sea
#
# Nine of the dashes are Natural Earth's, in the public domain: its theme
# ne_10m_admin_0_boundary_lines_maritime_indicator_chn (5.1), which no package
# carries, with the ends and the middle of each. The tenth, east of Taiwan, which
# official maps have had since 2013, is not there: its two ends were read, to a
# tenth of a degree, where other maps of the country draw it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# Longitude, latitude.
DASHES = [
    [(122.8, 24.6), (122.5, 23.5)],
    [(121.8383, 21.7247), (121.4545, 21.3058), (121.0818, 20.8783)],
    [(119.8340, 18.8138), (119.5683, 18.3119), (119.3910, 17.7747)],
    [(119.0248, 15.8983), (119.0178, 15.3258), (119.0107, 14.7507)],
    [(119.0396, 12.3620), (118.8145, 11.8244), (118.5891, 11.2848)],
    [(116.5097, 8.1180), (116.0946, 7.6991), (115.6784, 7.2789)],
    [(112.6985, 3.6691), (112.4658, 3.5613), (112.1389, 3.4612), (111.8009, 3.4088), (111.5445, 3.4023)],
    [(108.4319, 7.3673), (108.3317, 7.0384), (108.3029, 6.6949), (108.3255, 6.4369), (108.3899, 6.1859)],
    [(110.3973, 12.6243), (110.3511, 12.2950), (110.2677, 11.9721), (110.0868, 11.5040)],
    [(109.3164, 16.5868), (109.5924, 16.0826), (109.8690, 15.5759)],
]
