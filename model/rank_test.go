package model_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/model"
)

// rankedNames and rankedWords stand in the order in which a list would show them.
var (
	rankedNames = []string{"丁单", "单雄信", "曾国", "褚文", "褚海", "李华", "王张", "张海", "张浩然", "张三", "张三丰", "赵海", "郑华", "周海", "周文", "朱文", "解立", "仇立", "查文", "任海", "石单"}
	rankedWords = []string{"党员变动", "党费", "党费上缴", "表彰", "报表", "办事", "单位", "帮扶结对", "四议两公开", "党务公开", "公开承诺", "会议", "换届选举", "走访慰问", "发展党员", "VCD机", "学历", "月度上报"}
)

// searches are what is typed and what stands first then, in that order.
var searches = []struct {
	typed, first string
	names        bool
}{
	// exact, then the beginning of the label
	{"张三", "张三 张三丰", true},
	{"单", "单雄信 丁单 石单", true},
	{"党费", "党费 党费上缴", false},
	{"公开", "公开承诺 四议两公开 党务公开", false},
	{"vcd", "VCD机", false},
	{"VCD", "VCD机", false},
	{"党", "党员变动 党费 党费上缴 党务公开 发展党员", false},
	// the initials in full, then initials that begin it
	{"zs", "张三 张三丰", true},
	{"zsf", "张三丰", true},
	{"zh", "张海 赵海 郑华 周海 张浩然", true},
	{"df", "党费 党费上缴", false},
	{"bz", "表彰", false},
	{"bs", "办事", false},
	{"bb", "报表", false},
	{"hy", "会议", false},
	{"dy", "党员变动 发展党员", false},
	{"xl", "学历", false},
	{"yd", "月度上报", false},
	{"gk", "公开承诺 四议两公开 党务公开", false},
	// pinyin before what stands inside
	{"zhang", "张海 张浩然 张三 张三丰 王张", true},
	{"zhou", "周海 周文", true},
	{"hai", "褚海 张海 赵海 周海 任海", true},
	{"dang", "党员变动 党费 党费上缴 党务公开 发展党员", false},
	{"gongkai", "公开承诺 四议两公开 党务公开", false},
	{"zhangsan", "张三 张三丰", true},
	// a surname's own reading first
	{"zhu", "朱文 褚文 褚海", true},
	{"chu", "褚文 褚海", true},
	{"cw", "褚文", true},
	{"zw", "周文 朱文 查文 褚文", true},
	{"shan", "单雄信 丁单 石单", true},
	{"dan", "单雄信 石单 丁单", true},
	{"sxx", "单雄信", true},
	{"zeng", "曾国", true},
	{"xie", "解立", true},
	{"xl", "解立", true},
	{"jl", "解立", true},
	{"qiu", "仇立", true},
	{"zha", "张海 张浩然 张三 张三丰 赵海 查文 王张", true},
	{"dw", "单位 党务公开", false},
	// words by themselves
	{"zhang san", "张三 张三丰", true},
	{"zs f", "张三丰", true},
	{"张 丰", "张三丰", true},
}

// TestRanking: what is typed puts the best first, by design.md §12.
func TestRanking(t *testing.T) {
	t.Parallel()
	for _, c := range searches {
		list, search := rankedWords, model.SearchText
		if c.names {
			list, search = rankedNames, model.SearchName
		}
		got := strings.Join(model.Best(list, c.typed, search), " ")
		if got != c.first && !strings.HasPrefix(got, c.first+" ") {
			t.Errorf("%q gives %s, want %s first", c.typed, got, c.first)
		}
	}
}

// TestRankingBeforeAnotherReading: a 周 stands before every 褚, who is zhu only in books.
func TestRankingBeforeAnotherReading(t *testing.T) {
	t.Parallel()
	got := model.Best(rankedNames, "zh", model.SearchName)
	for _, chu := range []string{"褚文", "褚海"} {
		for _, zhou := range []string{"周文", "周海"} {
			if slices.Index(got, zhou) > slices.Index(got, chu) {
				t.Errorf("zh puts %s before %s: %v", chu, zhou, got)
			}
		}
	}
}

func TestRank(t *testing.T) {
	t.Parallel()
	record := model.WithMore(model.SearchName("褚海"), "10012345678", "石桥村 1 组")
	for _, c := range []struct {
		search, typed string
		want          int
	}{
		{record, "褚海", model.RankExact}, {record, "褚", model.RankPrefix}, {record, "ch", model.RankInitials},
		{record, "c", model.RankFirstInitials}, {record, "chuh", model.RankPinyin}, {record, "zhuhai", model.RankOtherReading},
		{record, "海", model.RankInside}, {record, "5678", model.RankElsewhere}, {record, "石桥村1组", model.RankElsewhere},
		{record, "石桥 ch", model.RankElsewhere}, {record, "石桥 dh", model.NoRank}, {record, "", model.RankExact}, {record, "·", model.NoRank},
		{model.SearchText("女"), "n", model.RankInitials}, {model.SearchText("男"), "n", model.RankFirstInitials},
		{model.SearchText("男"), "nan", model.RankPinyin}, {model.SearchText(""), "a", model.NoRank},
	} {
		if got := model.Seek(c.typed).Rank(c.search); got != c.want {
			t.Errorf("%q ranks %d in %q, want %d", c.typed, got, c.search, c.want)
		}
	}
}

// TestShortReadingFirst: n is rather nü than nan, and both stay in the list.
func TestShortReadingFirst(t *testing.T) {
	t.Parallel()
	if got := strings.Join(model.Best([]string{"男", "女"}, "n", model.SearchText), " "); got != "女 男" {
		t.Errorf("n offers %s", got)
	}
}
