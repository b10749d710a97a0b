package county

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store/bundle"
)

// Option is one of the few values that a setting can be, with its word.
type Option struct{ Value, Word string }

// listed finds the values in a setting's title: (1 要,0 不要).
var listed = regexp.MustCompile(`\(([0-9]+ [^(),]+(?:,[0-9]+ [^(),]+)+)\)$`)

// Options gives the values among which a setting is chosen; none where any number of its
// bounds, or any text, can be written.
func (s *Setting) Options() []Option {
	if s.Name == setIdentity {
		return []Option{{bundle.IdentityWhole, "带"}, {bundle.IdentityNone, "不带"}}
	}
	found := listed.FindStringSubmatch(s.Title)
	if found == nil {
		return nil
	}
	var all []Option
	for _, part := range strings.Split(found[1], ",") {
		value, word, _ := strings.Cut(part, " ")
		all = append(all, Option{value, word})
	}
	return all
}

// Plain is the title without the values that Options gives.
func (s *Setting) Plain() string {
	if s.Name == setIdentity {
		return strings.TrimSuffix(s.Title, "(带、不带)")
	}
	return listed.ReplaceAllString(s.Title, "")
}

// Shown is a value as people read it: with its unit, or as the word for it.
func (s *Setting) Shown(value string) string {
	for _, o := range s.Options() {
		if o.Value == value {
			return o.Word
		}
	}
	switch {
	case value == "":
		return "(没有)"
	case s.Unit == "" || s.share:
		return value
	case s.Unit == unitPercent:
		return value + unitPercent
	}
	return value + " " + s.Unit
}

// Can says what a setting can be, as what to write.
func (s *Setting) Can() string {
	switch {
	case s.Name == setName:
		return "请写党组织的名称"
	case s.Name == setIdentity:
		return "可写 带、不带"
	case s.share:
		return "写成几分之几,例如 1/3"
	}
	low, high := s.bounds()
	if s.zero() && low > 0 {
		return fmt.Sprintf("请写 0,或 %d 到 %d 的整数", low, high)
	}
	return fmt.Sprintf("请写 %d 到 %d 的整数", low, high)
}

// Check gives a value in its one form. *model.Error E-SETTING says what it can be.
func (s *Setting) Check(value string) (string, error) {
	bad := func() error {
		return model.Errorf("E-SETTING", "%s(%s)不能是“%s”:%s;现在是 %s", s.Name, s.Title, model.Clean(value, false), s.Can(), s.Value)
	}
	switch {
	case s.Fixed:
		return "", model.Errorf("E-SETTING", "%s(%s)由%s规定,县(市)不能另设", s.Name, s.Title, s.Source)
	case s.Name == setName:
		if value == "" || model.Clean(value, false) != value {
			return "", bad()
		}
		return value, nil
	case s.Name == setIdentity:
		if value != bundle.IdentityWhole && value != bundle.IdentityNone {
			return "", bad()
		}
		return value, nil
	}
	above, below, isShare := strings.Cut(value, "/")
	n, err := strconv.ParseInt(above, 10, 64)
	if s.share {
		per, errPer := strconv.ParseInt(below, 10, 64)
		if err != nil || errPer != nil || !isShare || n < 1 || per < 1 || n > 2*per || per > 1000 {
			return "", bad()
		}
		return fmt.Sprintf("%d/%d", n, per), nil
	}
	low, high := s.bounds()
	if err != nil || isShare || n < low && !(n == 0 && s.zero()) || n > high {
		return "", bad()
	}
	return strconv.FormatInt(n, 10), nil
}

// zero tells that 0 has a meaning of its own.
func (s *Setting) zero() bool { return strings.Contains(s.Title, "0 为") }

// bounds gives the whole numbers that a setting can be, by its unit.
func (s *Setting) bounds() (low, high int64) {
	if s.Name == setDeadline {
		return 1, 28
	}
	switch s.Unit {
	case "月":
		return 1, 12
	case "日":
		return 1, 31
	case "年度":
		return 1949, 2100
	case "年":
		return 0, 200
	case "周岁":
		return 0, 120
	case "个月":
		return 0, 1200
	case "分":
		return 0, 1000
	case unitPercent:
		return 0, 100
	}
	return 0, 100000
}
