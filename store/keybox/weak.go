package keybox

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// runs are what people type along the keyboard or count.
var runs = []string{"01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc"}

// Weak says in Chinese why a passphrase is easily guessed, "" where it isn't: long enough,
// more than digits, no run along the keyboard, and none of what others know as well, as
// the names and codes of those whose it is.
func Weak(passphrase string, known ...string) string {
	low := strings.ToLower(strings.Join(strings.Fields(passphrase), ""))
	kinds := map[rune]bool{}
	digits, han := true, 0
	for _, c := range low {
		kinds[c] = true
		digits = digits && unicode.IsDigit(c)
		if unicode.Is(unicode.Han, c) {
			han++
		}
	}
	n := utf8.RuneCountInString(low)
	switch {
	case len(kinds) < 4:
		return "用的字太少,一猜就中"
	case isKnown(low, known):
		return "用的是别人也知道的名称或代码,容易猜中"
	case isRun(low):
		return "是挨着的一串,最先被猜到"
	case digits && n < 14:
		return "全是数字(生日、电话这样的),机器很快试得出来"
	case han == 0 && n < 10:
		return "短了些,机器试得出来;十个字母数字以上才难猜"
	case han > 0 && n < 6:
		return "短了些,六个汉字以上才难猜"
	}
	return ""
}

func isKnown(low string, known []string) bool {
	for _, k := range known {
		k = strings.ToLower(k)
		if k != "" && (strings.Contains(low, k) && utf8.RuneCountInString(low) < utf8.RuneCountInString(k)+4 || strings.Contains(k, low)) {
			return true
		}
	}
	return false
}

func isRun(low string) bool {
	for _, r := range runs {
		if strings.Contains(r, low) || len(low) > 4 && strings.Contains(r+r, low) {
			return true
		}
	}
	return false
}
