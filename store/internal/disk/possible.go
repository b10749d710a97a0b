package disk

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// The longest names and paths. Windows counts in UTF-16 units; of a path it takes 260, and
// beside a ledger stand files with longer names. Linux and its kin count bytes.
const (
	longestPart    = 255
	longestWindows = 240
	longestUnix    = 4095
)

// forbidden are the characters that no name may have on Windows; separators are those
// between names.
const (
	forbidden  = `<>:"|?*`
	separators = `\/`
)

// reserved are names that Windows keeps for itself, with any ending too: who writes to
// nul.db writes to nowhere.
var reserved = []string{"con", "prn", "aux", "nul", "conin$", "conout$"}

// Impossible tells in Chinese why a path can't be on a system (by runtime.GOOS), with what
// to do; "" where it can. Whether something stands there is another matter. What Windows
// forbids: https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
func Impossible(path, system string) string {
	if strings.ContainsRune(path, 0) {
		return "位置里有看不见的字,请重新写一遍"
	}
	if system != "windows" {
		return tooLong(path, "/", longestUnix, func(s string) int { return len(s) }, "个字节(一个汉字算三个)")
	}
	rest := path
	if share, ok := strings.CutPrefix(path, `\\?\`); ok { // which lifts most of it
		rest = share
	}
	if len(rest) > 1 && rest[1] == ':' && letter(rest[0]) {
		if len(rest) > 2 && !strings.ContainsRune(separators, rune(rest[2])) {
			return fmt.Sprintf(`盘符后面少了反斜杠,请写成 %s\%s`, rest[:2], rest[2:])
		}
		rest = rest[2:]
	}
	for _, name := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if why := impossibleName(name); why != "" {
			return why
		}
	}
	return tooLong(path, separators, longestWindows, func(s string) int { return len(utf16.Encode([]rune(s))) }, "个字")
}

// impossibleName tells why Windows has no file of a name.
func impossibleName(name string) string {
	if name == "." || name == ".." {
		return ""
	}
	if i := strings.IndexFunc(name, func(r rune) bool { return r < ' ' }); i >= 0 {
		return "名字里有看不见的字,请重新写一遍"
	}
	if i := strings.IndexAny(name, forbidden); i >= 0 {
		return fmt.Sprintf("名字里不能有 %c(< > : \" | ? * 都不行),请去掉", name[i])
	}
	if strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") {
		return fmt.Sprintf("“%s”的末尾不能是点或空格,请去掉", name)
	}
	base, _, _ := strings.Cut(name, ".")
	base = strings.ToLower(strings.TrimRight(base, " "))
	numbered := len([]rune(base)) == 4 && (strings.HasPrefix(base, "com") || strings.HasPrefix(base, "lpt")) && strings.ContainsAny(base[3:], "123456789¹²³")
	if numbered || slices.Contains(reserved, base) {
		return fmt.Sprintf("“%s”是系统留给设备的名字,请换一个名字", name)
	}
	return ""
}

// tooLong tells of a part or a whole that is longer than the system takes.
func tooLong(path, between string, most int, length func(string) int, unit string) string {
	for _, name := range strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(between, r) }) {
		if n := length(name); n > longestPart {
			return fmt.Sprintf("名字太长(%d %s,最多 %d),请换一个短一些的名字", n, unit, longestPart)
		}
	}
	if n := length(path); n > most {
		return fmt.Sprintf("位置太长(%d %s,最多 %d),请换一个近一些的文件夹", n, unit, most)
	}
	return ""
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
