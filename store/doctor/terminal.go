package doctor

import (
	"fmt"
	"strings"
	"unicode"
)

// Terminal is what is known of the window in which the program runs.
type Terminal struct {
	Name          string // as the system calls it, "" unknown
	Width, Height int    // in cells
	Colors        bool
	CodePage      uint32   // of a Windows console, 0 elsewhere
	Answers       bool     // it tells where its cursor is
	Wide          []string // characters that it draws in another width than the program reckons
}

// utf8CodePage is Windows' number of UTF-8.
const utf8CodePage = 65001

// NoTerminal says that there is no window to look at.
func NoTerminal() Finding {
	return mind("终端", "请在终端窗口里运行 taizhang doctor,不要接管道、不要写进文件", "不在终端窗口里,看不了窗口大小和字宽")
}

// Findings judges the window.
func (t *Terminal) Findings() []Finding {
	const (
		topic    = "终端"
		enlarge  = "请把窗口最大化,或用 Ctrl 和减号键把字缩小"
		useASCII = "程序会自己改用 +-| 画线;要画成线条,请在窗口的字体设置里选等宽字体(Consolas、Noto Sans Mono CJK)"
	)
	size := fmt.Sprintf("%d 列 %d 行", t.Width, t.Height)
	if t.Name != "" {
		size = t.Name + "," + size
	}
	var all []Finding
	switch {
	case t.Width < 80 || t.Height < 24:
		all = append(all, mend(topic, enlarge, "%s,至少要 80 列 24 行", size))
	case t.Width < 100 || t.Height < 30:
		all = append(all, mind(topic, enlarge, "%s,够用;100 列 30 行以上能多看几列", size))
	default:
		all = append(all, fine(topic, "%s", size))
	}
	if !t.Colors {
		all = append(all, fine(topic, "没有颜色,照样能用:选中的一行前面有记号"))
	}
	if t.CodePage != 0 {
		if t.CodePage == utf8CodePage {
			all = append(all, fine("代码页", "65001(UTF-8)"))
		} else {
			all = append(all, fine("代码页", "%d;画面不受它影响,写进文件的命令结果是 UTF-8,用 | 交给别的程序的照它", t.CodePage))
		}
	}
	switch {
	case !t.Answers:
		all = append(all, mind("字宽", "请看下面几行对得齐对不齐", "这个终端不回答字画得有多宽"))
	case strings.ContainsFunc(strings.Join(t.Wide, ""), han):
		all = append(all, mend("字宽", "请换一个终端,或在窗口的字体设置里选等宽的中文字体(新宋体、Noto Sans Mono CJK)", "%s 画得不是两格宽,画面会错位", strings.Join(t.Wide, " ")))
	case len(t.Wide) > 0:
		all = append(all, mind("字宽", useASCII, "%s 画成了两格宽", strings.Join(t.Wide, " ")))
	default:
		all = append(all, fine("字宽", "汉字两格,线条和符号一格"))
	}
	return all
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// Straight is what the person saw of the ruler.
func Straight(straight bool) Finding {
	if straight {
		return fine("字宽", "您看着是对齐的")
	}
	return mend("字宽", "请打开时加 --ascii(taizhang --ascii);还不齐的,在窗口的字体设置里选等宽字体(新宋体、Noto Sans Mono CJK)", "您看着没有对齐")
}
