package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestPatterns compiles every expression that is compiled only when it is used, and finds
// those that every start of the program would compile.
func TestPatterns(t *testing.T) {
	t.Parallel()
	root, found := filepath.Join("..", ".."), 0
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && file != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if !strings.HasSuffix(file, "_test.go") {
			for _, at := range atStart(f) {
				t.Errorf("%s: %s is compiled at every start: model.NewPattern", file, at)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 || !strings.HasSuffix(nameOf(call.Fun), "NewPattern") {
				return true
			}
			found++
			text, ok := literal(call.Args[0])
			if !ok {
				return true
			}
			if _, err := regexp.Compile(text); err != nil {
				t.Errorf("%s: %v", file, err)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 50 {
		t.Errorf("%d patterns found, there are more", found)
	}
}

// atStart gives the variables of a package that are compiled expressions.
func atStart(f *ast.File) (names []string) {
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, s := range g.Specs {
			v, ok := s.(*ast.ValueSpec)
			if !ok {
				continue
			}
			for _, value := range v.Values {
				ast.Inspect(value, func(n ast.Node) bool {
					call, ok := n.(*ast.CallExpr)
					if ok && nameOf(call.Fun) == "MustCompile" {
						names = append(names, v.Names[0].Name)
					}
					_, later := n.(*ast.FuncLit)
					return !later
				})
			}
		}
	}
	return names
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// literal gives the text of an expression written in one piece or several; what is not
// literal stands for nothing.
func literal(e ast.Expr) (text string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		a, one := literal(e.X)
		b, two := literal(e.Y)
		return a + b, one || two
	}
	return "", false
}
