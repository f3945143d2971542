{{- define "haechi.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "haechi.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "haechi.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "haechi.selectorLabels" . }}
{{- end -}}

{{- define "haechi.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "haechi.scheme" -}}
{{- if .Values.tls.secretName -}}HTTPS{{- else -}}HTTP{{- end -}}
{{- end -}}

{{- define "haechi.configuration" -}}
{{- $config := deepCopy .Values.config -}}
{{- if .Values.tls.secretName -}}
{{- $files := dict "keyFile" "/etc/haechi/tls/tls.key" "certFile" "/etc/haechi/tls/tls.crt" -}}
{{- $config = mergeOverwrite $config (dict "proxy" (dict "tls" $files)) -}}
{{- else if .Values.behindTlsProxy -}}
{{- $config = mergeOverwrite $config (dict "proxy" (dict "trustForwardedProto" true)) -}}
{{- else -}}
{{- fail "set tls.secretName, or behindTlsProxy where a proxy in front of the gateway serves https" -}}
{{- end -}}
{{- if .Values.keyPassphrase.secretName -}}
{{- $config = mergeOverwrite $config (dict "keys" (dict "passphraseFile" "/etc/haechi/key/passphrase")) -}}
{{- end -}}
{{- if .Values.upstreamKey.secretName -}}
{{- $config = mergeOverwrite $config (dict "target" (dict "auth" (dict "keyFile" "/etc/haechi/upstream/key"))) -}}
{{- end -}}
{{- if .Values.metricsToken.secretName -}}
{{- $config = mergeOverwrite $config (dict "metrics" (dict "tokenFile" "/etc/haechi/metrics/token")) -}}
{{- end -}}
{{- toPrettyJson $config -}}
{{- end -}}
