FROM python:3.11-slim

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt \
 && useradd --create-home --uid 10001 reader \
 && mkdir /cache && chown reader /cache

COPY .streamlit .streamlit
COPY geodata geodata
COPY dashboard dashboard
COPY incidents.csv NOTICE.md ./

USER reader
ENV INCIDENTS_CACHE=/cache \
    PYTHONDONTWRITEBYTECODE=1
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD python -c "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/healthz', timeout=4)"
CMD ["streamlit", "run", "dashboard/app.py", "--server.address=0.0.0.0"]
