package model_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/model"
)

func TestPinyin(t *testing.T) {
	cases := []struct {
		text string
		full []string // must be among the readings
		init []string
	}{
		{"张三", []string{"zhangsan"}, []string{"zs"}},
		{"单雄信", []string{"shanxiongxin", "danxiongxin", "chanxiongxin"}, []string{"sxx", "dxx", "cxx"}},
		{"曾国", []string{"zengguo", "cengguo"}, []string{"zg", "cg"}},
		{"仇英", []string{"qiuying", "chouying"}, []string{"qy"}},
		{"解珍", []string{"xiezhen", "jiezhen"}, []string{"xz"}},
		{"区大", []string{"ouda", "quda"}, []string{"od"}},
		{"盖文", []string{"gewen", "gaiwen"}, []string{"gw"}},
		{"查良", []string{"zhaliang", "chaliang"}, []string{"zl", "cl"}},
		{"任红", []string{"renhong"}, []string{"rh"}},
		{"吕布", []string{"lvbu"}, []string{"lb"}},
		{"阿迪力·买买提", []string{"adilimaimaiti"}, []string{"adlmmt"}},
		{"李𠮷", []string{"li"}, []string{"l"}}, // Extension B without a reading
		{"VCD机2", []string{"vcdji2"}, []string{"vcdj2"}},
		{"张 三", []string{"zhangsan"}, []string{"zs"}},
	}
	for _, c := range cases {
		full, init := model.Pinyin(c.text), model.Initials(c.text)
		for _, want := range c.full {
			if !slices.Contains(full, want) {
				t.Errorf("Pinyin(%s) = %v, lacks %s", c.text, full, want)
			}
		}
		for _, want := range c.init {
			if !slices.Contains(init, want) {
				t.Errorf("Initials(%s) = %v, lacks %s", c.text, init, want)
			}
		}
		for _, s := range append(full, init...) {
			if strings.ContainsFunc(s, func(r rune) bool { return r > 'z' || r < '0' }) {
				t.Errorf("%s gives %q, not plain letters", c.text, s)
			}
		}
	}
	if got := model.Pinyin("·。"); got != nil {
		t.Errorf("marks alone have readings %v", got)
	}
	if n := len(model.Pinyin(strings.Repeat("长重会行", 20))); n > 32 {
		t.Errorf("%d readings, more than 32", n)
	}
}

func TestSearchText(t *testing.T) {
	name := model.SearchText("单雄信")
	for _, typed := range []string{"雄信", "sxx", "shanx", "danxiongxin", "xiongxin"} {
		if !strings.Contains(name, typed) {
			t.Errorf("单雄信 is not found by %s in %q", typed, name)
		}
	}
	long := model.SearchText("2026-10-20 重阳节走访慰问年长党员志愿服务活动")
	for _, typed := range []string{"重阳节", "chongyangjie", "zhongyangjie", "nianzhangdangyuan", "cyjzf", "2026-10-20"} {
		if !strings.Contains(long, typed) {
			t.Errorf("the long title is not found by %s in %q", typed, long)
		}
	}
	if len(long) > 2500 {
		t.Errorf("the long title takes %d bytes of search text", len(long))
	}
	if got := model.SearchText(""); got != "" {
		t.Errorf("SearchText of nothing is %q", got)
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		text, typed string
		want        bool
	}{
		{"正式党员", "", true}, {"正式党员", "党员", true}, {"正式党员", "zsdy", true}, {"正式党员", "zhengshi", true},
		{"正式党员", "ZS", true}, {"正式党员", "zs", true}, {"正式党员", "yb", false}, {"VCD机", "vcd", true},
		{"四议两公开", "syl", true}, {"四议两公开", "gongkai", true},
	} {
		if got := model.Matches(c.text, c.typed); got != c.want {
			t.Errorf("Matches(%s, %s) = %v", c.text, c.typed, got)
		}
	}
}

func TestSortKey(t *testing.T) {
	names := []string{"张三", "单雄信", "曾国", "李四", "安一", "上官云", "ABC", "𠮷田", "李", "李五"}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(model.SortKey(a), model.SortKey(b)) })
	want := "ABC 安一 李 李四 李五 单雄信 上官云 曾国 张三 𠮷田"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	if model.SortKey("章三") == model.SortKey("张三") {
		t.Error("two texts of one reading have one key")
	}
}

func BenchmarkSearchText(b *testing.B) {
	for b.Loop() {
		model.SearchText("单雄信")
	}
}

func BenchmarkMatches(b *testing.B) {
	for b.Loop() {
		model.Matches("四议两公开", "gongkai")
	}
}
