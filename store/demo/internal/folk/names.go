package folk

import (
	"slices"
	"strings"

	"taizhang/store/demo/internal/dice"
)

// surnames with their weights per mille (domain.md §11.4).
const surnameTable = `王72 李71 张67 刘51 陈45 杨33 黄24 赵20 吴20 周19 徐15 孙14 马13 朱13 胡12 郭11 何11 林10 高10 罗10
郑9 梁9 谢8 宋8 唐7 许7 邓7 韩7 冯6 曹6 彭6 曾6 肖6 田5 董5 潘5 袁5 蔡5 蒋5 余5 于5 杜5 叶4 程4 魏4 苏4 吕4 丁4 任4 卢4
姚4 沈4 钟4 姜4 崔4 谭4 陆3 范3 汪3 廖3 石3 金3 韦3 贾3 夏3 付3 方3 邹3 熊3 白3 孟3 秦3 邱3 侯3 江3 尹3 薛3 闫3 段3 雷3
龙3 黎3 史3 陶3 贺3 毛3 郝3 顾3 龚3 邵3 万2 覃2 武2 钱2 戴2 严2 莫2 孔2 向2 常2`

var surnames = dice.Shares(surnameTable)

// givenNames are the characters of given names by cohort, men's and women's.
var givenNames = []struct {
	until      int // born before this year
	men, women []rune
	single     float64 // share of names of one character
}{
	{1950, []rune("福寿根生贵宝德永长有文金发财林"), []rune("秀英兰珍凤桂玉美素淑"), 0.25},
	{1970, []rune("国建军华民平明志永卫新忠荣春林"), []rune("芳英梅霞玲红萍琴丽燕"), 0.25},
	{1985, []rune("军伟勇强斌涛波海峰刚超辉东"), []rune("丽艳静敏娟燕芳娜莉"), 0.45},
	{9999, []rune("鹏杰浩宇磊凯俊博鑫晨轩"), []rune("婷雪倩颖欣怡雨佳悦"), 0.25},
}

// denied full names are the ten most common ones and those of well-known people
// that the characters above could make; they are not given to anyone.
var denied = wordSet("张伟 王伟 李娜 王芳 李伟 王静 李静 张敏 刘伟 张静 王军 李军 张军 李强 张强 王强 周强 王勇 杨勇 王杰 张杰 李杰 " +
	"王海 王平 孙文 朱德 吴德 王明 姚明 邓华 江华 胡春华 陈永贵 李德生 张华 王华 李明 张明 刘明 王超 李磊 王磊 张磊 王浩 李浩")

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// Namer gives out the names of one place. A village has a few surnames that most
// of its families bear.
type Namer struct {
	d    *dice.Dice
	clan []string
	used map[string]int
}

// NewNamer begins giving out a place's names.
func NewNamer(d *dice.Dice) *Namer {
	n := &Namer{d: d, used: map[string]int{}}
	for want := d.Between(2, 4); len(n.clan) < want; {
		s := dice.Weigh(d, surnames)
		if !slices.Contains(n.clan, s) {
			n.clan = append(n.clan, s)
		}
	}
	return n
}

// surname is that of one of the village's clans for six in ten.
func (n *Namer) surname() string {
	if n.d.Chance(0.6) {
		return dice.Pick(n.d, n.clan)
	}
	return dice.Weigh(n.d, surnames)
}

// Name gives a name fit for the year of birth. It avoids names given out before
// as long as that is easy: in a large place some people share a name, as they do.
func (n *Namer) Name(birthYear int, sex string) string {
	for try := 0; ; try++ {
		s := n.surname() + n.given(birthYear, sex)
		if denied[s] || n.used[s] > 0 && try < 12 {
			continue
		}
		n.used[s]++
		return s
	}
}

func (n *Namer) given(birthYear int, sex string) string {
	i := 0
	for givenNames[i].until <= birthYear {
		i++
	}
	chars := givenNames[i].men
	if sex == "女" {
		chars = givenNames[i].women
	}
	first := dice.Pick(n.d, chars)
	if n.d.Chance(givenNames[i].single) {
		return string(first)
	}
	second := dice.Pick(n.d, chars)
	for second == first {
		second = dice.Pick(n.d, chars)
	}
	return string([]rune{first, second})
}
