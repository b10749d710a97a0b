package disk

import (
	"strings"
	"testing"
)

// TestImpossible: what can't be is told before it is tried, on each system by its own
// rules; all else is left to the system.
func TestImpossible(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		`a:b`:                            `请写成 a:\b`,
		`D:台账\名册.xlsx`:                   `请写成 D:\台账\名册.xlsx`,
		`D:\台账:新.db`:                     "不能有 :",
		`a?b`:                            "不能有 ?",
		`D:\名册*.xlsx`:                    "不能有 *",
		`D:\"名册".xlsx`:                   `不能有 "`,
		`D:\a|b`:                         "不能有 |",
		"D:\\a\tb":                       "看不见的字",
		"D:\\a\x00b":                     "看不见的字",
		`con`:                            "“con”是系统留给设备的名字",
		`D:\台账\NUL.db`:                   "“NUL.db”是系统留给设备的名字",
		`D:\aux .txt`:                    "留给设备",
		`D:\COM1\名册.xlsx`:                "留给设备",
		`lpt9.csv`:                       "留给设备",
		`COM².csv`:                       "留给设备",
		`D:\台账.`:                         "末尾不能是点或空格",
		`D:\台账 \名册.xlsx`:                 "末尾不能是点或空格",
		`\\?\D:\a?b`:                     "不能有 ?",
		`D:\` + strings.Repeat("长", 256): "名字太长(256 个字,最多 255)",
		`D:\` + strings.Repeat(strings.Repeat("长", 60)+`\`, 4): "位置太长(247 个字,最多 240)",
		`D:\` + strings.Repeat(strings.Repeat("𠮷", 30)+`\`, 4): "位置太长(247 个字,最多 240)",

		``: "", `.`: "", `..\备份`: "", `D:`: "", `D:\`: "", `E:\台账\石桥村.db`: "", `\\服务器\共享\台账.db`: "", `D:/台账/a.db`: "",
		`concert.db`: "", `com10.db`: "", `com.db`: "", `console`: "", `.隐藏`: "", `a b.db`: "", ` 台账.db`: "", `\\?\D:\台账.db`: "", `张三(1).xlsx`: "",
	} {
		if got := Impossible(path, "windows"); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q on Windows: %q, want %q", path, got, want)
		}
	}
	for path, want := range map[string]string{
		"a:b": "", "con": "", "a?b": "", "/tmp/台账.": "", strings.Repeat("a", 255): "",
		"/home/" + strings.Repeat("长", 86): "名字太长(258 个字节",
		strings.Repeat("a/", 2048):         "位置太长(4096 个字节",
		"/tmp/a\x00b":                      "看不见的字",
	} {
		if got := Impossible(path, "linux"); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%.40q on Linux: %q, want %q", path, got, want)
		}
	}
}
